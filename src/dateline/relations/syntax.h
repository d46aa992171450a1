#pragma once
// Questions about a dependency tree (CLEAR labels) that the patterns ask.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/language/doc.h"

namespace dateline::relations {

using TokenList = std::vector<std::uint32_t>;

// `text` is one of the words of `list`, which stand between '|'.
[[nodiscard]] bool one_of(std::string_view text, std::string_view list);

// A text of one sentence or a few: all that is known of those it names.
[[nodiscard]] bool is_passage(const Doc& doc);
[[nodiscard]] bool is_verb(const Doc& doc, std::uint32_t token);
// A who, which, that, where or whose that opens a relative clause.
[[nodiscard]] bool is_relative(const Doc& doc, std::uint32_t token);
// The verb of the relative clause that `token` stands in, at most five steps up.
[[nodiscard]] std::optional<std::uint32_t> relative_clause(const Doc& doc, std::uint32_t token);
// The children with one of the labels.
[[nodiscard]] TokenList children(const Doc& doc, std::uint32_t token, std::string_view labels);
// `token` and what is coordinated with it.
[[nodiscard]] TokenList with_conjuncts(const Doc& doc, std::uint32_t token);
// The objects of the prepositions of `token` that are among `words`; every conjunct.
[[nodiscard]] TokenList prepositional(const Doc& doc, std::uint32_t token, std::string_view words);
// A passive verb, "founded by …" behind a noun included.
[[nodiscard]] bool is_passive(const Doc& doc, std::uint32_t verb);
// Who does it, and to whom it is done: through passives, relatives, control, coordination.
[[nodiscard]] TokenList doers(const Doc& doc, std::uint32_t verb);
[[nodiscard]] TokenList undergoers(const Doc& doc, std::uint32_t verb);
// The surface subject, shared or controlled ones included.
[[nodiscard]] TokenList subjects(const Doc& doc, std::uint32_t verb);
// What `token` hangs on over prepositions: "filed" of "filed for divorce"; itself for a root.
[[nodiscard]] std::uint32_t over_prepositions(const Doc& doc, std::uint32_t token);
// The word around `token` whose parts are joined by hyphens, in lower case: "brother-in-law".
[[nodiscard]] std::string hyphenated(const Doc& doc, std::uint32_t token);
// The clause of `token` is denied ("not", "never", "no longer", "denied").
[[nodiscard]] bool is_negated(const Doc& doc, std::uint32_t token);
// The clause of `token` says that it has ceased: "no longer", "not … anymore".
[[nodiscard]] bool has_ceased(const Doc& doc, std::uint32_t token);
// A modal, a hedge or a condition stands over the clause of `token`.
[[nodiscard]] bool is_hedged(const Doc& doc, std::uint32_t token);
// The clause of `token` is past without a present perfect; "used to". Not where the past is that of
// the verb of saying over it ("denied that she was dating").
[[nodiscard]] bool is_past(const Doc& doc, std::uint32_t token);
// "Will succeed her": `verb` is in the future, so not yet done.
[[nodiscard]] bool is_future(const Doc& doc, std::uint32_t verb);
// The tense of `verb` is that of a saying in the past over it: "said that she was dating him".
[[nodiscard]] bool is_shifted(const Doc& doc, std::uint32_t verb);
// The verb that `token` hangs on, or itself; none when there is no verb above it.
[[nodiscard]] std::optional<std::uint32_t> governing_verb(const Doc& doc, std::uint32_t token);

}  // namespace dateline::relations
