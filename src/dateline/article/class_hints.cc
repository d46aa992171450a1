#include "dateline/article/class_hints.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <array>
#include <string>
#include <vector>

#include "dateline/base/tsv.h"

namespace dateline::data {
extern const std::string_view article_class_words;
}  // namespace dateline::data

namespace dateline::article {
namespace {

constexpr std::array<std::string_view, 13> kKinds = {
    "unlikely",  "maybe",    "good",      "bad",   "byline", "share", "dated",
    "published", "modified", "elsewhere", "other", "body",   "unseen"};

// One expression a kind, all matched in one pass.
RE2::Set made_expressions() {
  RE2::Options options(RE2::Latin1);
  options.set_case_sensitive(false);
  RE2::Set set(options, RE2::UNANCHORED);
  const auto rows = parse_tsv(data::article_class_words);
  for (const std::string_view kind : kKinds) {
    std::string list;
    for (const auto& row : rows) {
      if (row.size() < 2 || row[1] != kind) continue;
      if (!list.empty()) list += '|';
      list += RE2::QuoteMeta(re2::StringPiece(row[0].data(), row[0].size()));
    }
    if (kind == "bad") list += "|(^| )hid( |$)";
    if (kind == "share") list = "(^|[^a-z0-9])(" + list + ")([^a-z0-9]|$)";
    set.Add(list, nullptr);
  }
  set.Compile();
  return set;
}

}  // namespace

Hints ClassHints::of(std::string_view names) {
  if (names.size() < 2) return {};
  const auto [known, is_new] = known_.try_emplace(names);
  if (!is_new) return known->second;
  static const RE2::Set expressions = made_expressions();
  std::vector<int> kinds;
  expressions.Match(re2::StringPiece(names.data(), names.size()), &kinds);
  for (const int kind : kinds) known->second.add(static_cast<Hint>(kind));
  return known->second;
}

Hints ClassHints::of(const HtmlTree& tree, NodeId node) {
  if (!tree.has_attributes(node)) return {};
  return of(tree.attribute(node, "class")) | of(tree.attribute(node, "id"));
}

}  // namespace dateline::article
