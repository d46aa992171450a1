#pragma once
// Finding: what one reader saw at one place, before the findings of an article are put together.
// The readers by rule, each over a whole text.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/relations/arguments.h"
#include "dateline/relations/lexicon.h"
#include "dateline/relations/syntax.h"

namespace dateline::relations {

struct Finding {
  std::string_view relation;
  std::uint32_t subject = 0;            // argument
  std::optional<std::uint32_t> object;  // argument; else value
  std::string value;                    // where there is no object
  ByteSpan value_span;                  // of the value
  std::uint32_t trigger = 0;            // the word that says it
  Status status = Status::kUnknown;
  bool said = false;  // the text says the status ("former"), it is not merely how such words stand
  Change change = Change::kNone;
  bool negative = false, hedged = false;
  bool learned = false;  // by the model, not by a rule
  bool decided = false;  // by the model in a passage, whoever found it
  double confidence = 0;
};

using Findings = std::vector<Finding>;

// What the readers look at. Borrows everything.
struct Reading {
  const events::EventInput& input;
  const Doc& doc;
  const Arguments& arguments;
  const Lexicon& words;
};

// Kin and love by the word for the one: "her brother Cy".
void read_kin(const Reading& reading, Findings& out);
// Love by the word for the tie: "his marriage to Ann", "they called off their divorce".
void read_ties(const Reading& reading, Findings& out);
// Trades and offices with whom they are held: "Ann Lee, chief executive of Northwind".
void read_roles(const Reading& reading, Findings& out);
// Verbs with their arguments: "Lee founded Northwind in 1999".
void read_frames(const Reading& reading, Findings& out);
// Dates of a life in brackets: "Ann Lee (born 3 May 1950)", "(1950 – 2001)".
void read_brackets(const Reading& reading, Findings& out);

// All of them, in that order.
[[nodiscard]] Findings read_by_rules(const Reading& reading);

using ArgumentList = std::vector<std::uint32_t>;

// Adds the persons at `tokens`, each once.
void add_people(const Reading& reading, const TokenList& tokens, ArgumentList& out);
// Adds `finding` between each of the one and each of the other; `forward`: the one is its subject.
// Where both are the same single argument, a group, between the members of that.
void pair_up(const ArgumentList& one, const ArgumentList& other, bool forward, Finding finding,
             Findings& out);

// The status that words before `noun` give: "estranged", "ex-".
[[nodiscard]] std::optional<Status> status_before(const Reading& reading, std::uint32_t noun);
// A date that was over when the article was published hangs on `token` by one of `prepositions`.
[[nodiscard]] bool has_past_date(const Reading& reading, std::uint32_t token,
                                 std::string_view prepositions);
// The person that argument `token` heads or stands in; none for anything else.
[[nodiscard]] std::optional<std::uint32_t> person_at(const Reading& reading, std::uint32_t token);
// The same for an argument of kind `kind`: "person", "org", "place", "school", "date".
[[nodiscard]] std::optional<std::uint32_t> argument_at(const Reading& reading, std::uint32_t token,
                                                       std::string_view kind);

}  // namespace dateline::relations
