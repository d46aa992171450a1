#include "dateline/export/ftm_schemata.h"

#include <algorithm>
#include <map>
#include <vector>

#include "dateline/base/ascii.h"
#include "dateline/base/tsv.h"

namespace dateline::data {
extern const std::string_view export_ftm_kinds;
extern const std::string_view export_ftm_ties;
extern const std::string_view export_ftm_values;
}  // namespace dateline::data

namespace dateline::exporting {
namespace {

// Columns of ftm_ties.tsv.
enum Column : std::size_t { kRelation, kSchema, kSubject, kSubjects, kObject, kObjects, kWord };

// `kinds` are words with blanks between them.
bool among(std::string_view kind, std::string_view kinds) {
  for (std::size_t at = 0; at < kinds.size();) {
    const std::size_t end = std::min(kinds.find(' ', at), kinds.size());
    if (kinds.substr(at, end - at) == kind) return true;
    at = end + 1;
  }
  return false;
}

// "1980", "1980-10", "1980-10-21": dates of FollowTheMoney.
bool is_date(std::string_view value) {
  constexpr std::string_view kShape = "dddd-dd-dd";
  if (value.size() != 4 && value.size() != 7 && value.size() != 10) return false;
  for (std::size_t i = 0; i < value.size(); ++i)
    if (kShape[i] == 'd' ? !is_digit(value[i]) : value[i] != '-') return false;
  return true;
}

}  // namespace

const FtmKind* ftm_kind(std::string_view kind) {
  static const auto kinds = [] {
    std::map<std::string_view, FtmKind> all;
    for (const auto& row : parse_tsv(data::export_ftm_kinds))
      all[row[0]] = {.schema = std::string(row[1]), .party = row[2] == "party"};
    return all;
  }();
  const auto found = kinds.find(kind);
  return found == kinds.end() ? nullptr : &found->second;
}

FtmTie ftm_tie(std::string_view relation, std::string_view subject_kind,
               std::string_view object_kind) {
  static const auto table = parse_tsv(data::export_ftm_ties);
  for (const auto& row : table) {
    if (row[kRelation] != relation || !among(subject_kind, row[kSubjects]) ||
        !among(object_kind, row[kObjects]))
      continue;
    return {.schema = std::string(row[kSchema]),
            .subject = std::string(row[kSubject]),
            .object = std::string(row[kObject]),
            .word = std::string(row[kWord]),
            .has_role = row[kSchema] != "Family" && row[kSchema] != "Associate"};
  }
  std::string word(relation);
  std::replace(word.begin(), word.end(), '_', ' ');
  return {
      .schema = "UnknownLink", .subject = "subject", .object = "object", .word = std::move(word)};
}

std::optional<std::string> ftm_value_property(std::string_view relation,
                                              std::string_view subject_kind,
                                              std::string_view value) {
  static const auto table = parse_tsv(data::export_ftm_values);
  for (const auto& row : table) {
    if (row[0] != relation || row[1] != subject_kind) continue;
    if (row[3] == "date" && !is_date(value)) continue;
    return std::string(row[2]);
  }
  return std::nullopt;
}

}  // namespace dateline::exporting
