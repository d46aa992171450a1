#pragma once
// FollowTheMoney (the data model of Aleph and OpenSanctions): entities as JSON Lines.
//
// FollowTheMoney has no property for "denied": what is denied or retracted is left out. What is
// hedged or said by somebody says so in its `summary`. The ids are of one store: the same in every
// export of it.
#include <string>
#include <string_view>

#include "dateline/export/article_view.h"
#include "dateline/export/piece.h"

namespace dateline::exporting {

class FollowTheMoney {
 public:
  // `store` is the store_key().
  explicit FollowTheMoney(std::string_view store) : store_(store) {}

  // An Article with its text, and a Mention for each person, organisation and group it names.
  [[nodiscard]] Piece article(const ArticleView& article) const;

  // A Person, Organization, LegalEntity (groups) or Address (places) of a row of people. `ties`:
  // its rows of relations; those to a value become properties where an article says so itself, for
  // certain, and the tie holds: a property has no place for more.
  [[nodiscard]] Piece person(const Json& person, const Json& ties) const;

  // A tie of two identities, in one state: Family, Associate, Membership, Directorship, UnknownLink
  // (data/export/ftm_ties.tsv), with its evidence: `proof` are the Articles, `description` the
  // sentences. Nothing, and no reason, for a tie to a value.
  [[nodiscard]] Piece tie(const Json& tie) const;

  // An Event of a row of the timeline. One whose date is not exact has the first and the last day
  // that it can be of.
  [[nodiscard]] Piece event(const Json& line) const;

 private:
  [[nodiscard]] std::string id_of(std::string_view id) const;  // of "P3", "E12"
  [[nodiscard]] std::string article_id(const Json& citation) const;

  std::string store_;
};

}  // namespace dateline::exporting
