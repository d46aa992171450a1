#include "dateline/relations/lexicon.h"

#include "dateline/base/tsv.h"

namespace dateline::data {
extern const std::string_view relations_kin, relations_ties, relations_states, relations_frames,
    relations_turns, relations_demonyms, relations_roles, relations_offices, relations_parties,
    relations_triggers, relations_needed_words, relations_duties, relations_words;
}

namespace dateline::relations {
namespace {

constexpr Status kStatuses[] = {Status::kUnknown,   Status::kCurrent,   Status::kFormer,
                                Status::kIntended,  Status::kEstranged, Status::kSeparated,
                                Status::kDivorcing, Status::kEngaged,   Status::kWidowed};

Change change_of(std::string_view name) {
  if (name == "begin") return Change::kBegin;
  if (name == "end") return Change::kEnd;
  if (name == "hold") return Change::kHold;
  return Change::kNone;
}

void read_words(std::string_view table, WordSet& words) {
  for (const auto& row : parse_tsv(table)) words.insert(row[0]);
}

void read_people_words(Lexicon& out) {
  for (const auto& row : parse_tsv(data::relations_kin))
    if (row.size() >= 4) out.kin[row[0]] = {row[1], row[2] == "forward", status_of(row[3])};
  for (const auto& row : parse_tsv(data::relations_ties))
    if (row.size() >= 3) out.ties[row[0]] = {row[1], status_of(row[2])};
  for (const auto& row : parse_tsv(data::relations_states))
    if (row.size() >= 2) out.states[row[0]] = status_of(row[1]);
  for (const auto& row : parse_tsv(data::relations_turns))
    if (row.size() >= 6)
      out.turns[row[0]].push_back({row[1] == "-" ? "" : row[1], row[2], row[3], status_of(row[4]),
                                   change_of(row[5]), row.size() > 6 && row[6] == "not"});
  for (const auto& row : parse_tsv(data::relations_parties))
    if (row.size() >= 2) (row[1] == "party" ? out.parties : out.adherents).insert(row[0]);
}

Lexicon make_lexicon() {
  Lexicon out;
  out.sets = WordSets(data::relations_words);
  read_people_words(out);
  for (const auto& row : parse_tsv(data::relations_frames))
    if (row.size() >= 8)
      out.frames[row[0]].push_back({row[1], row[2], row[3], row[4], row[5], status_of(row[6]),
                                    change_of(row[7]), row.size() > 8 ? row[8] : "",
                                    row.size() > 9 && row[9] == "possible"});
  for (const auto& row : parse_tsv(data::relations_demonyms))
    if (row.size() >= 2) out.demonyms[row[0]] = row[1];
  for (const auto& row : parse_tsv(data::relations_roles)) {
    out.roles.insert(row[0]);
    if (row.size() >= 2) out.loose.insert(row[0]);
  }
  read_words(data::relations_offices, out.offices);
  for (const auto& row : parse_tsv(data::relations_triggers))
    if (row.size() >= 2) out.triggers[row[0]].push_back(row[1]);
  for (const auto& row : parse_tsv(data::relations_needed_words))
    if (row.size() >= 2) out.needed[row[0]].insert(row[1]);
  for (const auto& row : parse_tsv(data::relations_duties))
    if (row.size() >= 2) out.duties[row[0]].insert(row[1]);
  return out;
}

}  // namespace

const Lexicon& lexicon() {
  static const Lexicon tables = make_lexicon();
  return tables;
}

Status status_of(std::string_view name) {
  for (const Status status : kStatuses)
    if (name_of(status) == name) return status;
  return Status::kUnknown;
}

}  // namespace dateline::relations
