#pragma once
// Which schema and properties of FollowTheMoney a kind of entity, a tie, a value has
// (data/export/ftm_*.tsv).
#include <optional>
#include <string>
#include <string_view>

namespace dateline::exporting {

struct FtmKind {
  std::string schema;
  bool party = false;  // a LegalEntity: may be mentioned and take part in an event
};

// Lives for ever; nullptr for a kind that has no schema.
[[nodiscard]] const FtmKind* ftm_kind(std::string_view kind);

struct FtmTie {
  std::string schema;
  std::string subject, object;  // the properties that name the two ends
  std::string word;             // what the object is to the subject: "spouse", "employee or member"
  bool has_role = true;         // an Interest: role and status; else a relationship
};

// By the relation and the kinds of its ends.
[[nodiscard]] FtmTie ftm_tie(std::string_view relation, std::string_view subject_kind,
                             std::string_view object_kind);

// The property for `value` of a tie; none where there is no such property, or the value is none
// that it can have.
[[nodiscard]] std::optional<std::string> ftm_value_property(std::string_view relation,
                                                            std::string_view subject_kind,
                                                            std::string_view value);

}  // namespace dateline::exporting
