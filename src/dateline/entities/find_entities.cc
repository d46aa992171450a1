#include "dateline/entities/find_entities.h"

#include <algorithm>

#include "dateline/base/ascii.h"
#include "dateline/entities/find_candidates.h"
#include "dateline/entities/join_names.h"
#include "dateline/entities/resolve.h"
#include "dateline/entities/write_entities.h"

namespace dateline::entities {

namespace {

std::string_view title_of(const Article& article) {
  if (!article.title.empty()) return article.title;
  for (const Block& block : article.blocks)
    if (block.kind == BlockKind::kTitle) return slice(article.text, block.span);
  return {};
}

bool has_word(std::string_view text, std::string_view word) {
  const auto is_part = [&](std::size_t at) {
    return at < text.size() && (is_alpha(text[at]) || text[at] == '-');
  };
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
    if ((at == 0 || !is_part(at - 1)) && !is_part(at + word.size())) return true;
  return false;
}

// "Vane-Cole" of "Harriet Vane-Cole".
std::string_view family_name(const Doc& doc, TokenSpan name) {
  std::uint32_t begin = name.end - 1;
  while (begin > name.begin && !doc[begin - 1].space_after) --begin;
  return slice(doc.text(), doc.bytes({begin, name.end}));
}

// The topics are the persons whose family names stand in the title.
Story story_of(const Article& article, const Doc& doc, const std::vector<Candidate>& candidates,
               const std::vector<std::uint32_t>& groups) {
  Story story;
  for (const Block& block : article.blocks)
    if (block.kind == BlockKind::kParagraph) {
      while (story.begin < candidates.size() &&
             candidates[story.begin].mention.span.begin < block.span.begin)
        ++story.begin;
      break;
    }
  const std::string_view title = title_of(article);
  for (std::uint32_t c = 0; c < candidates.size(); ++c) {
    const Candidate& name = candidates[c];
    if (groups[c] == kNoGroup || !is_person(name.kind) || name.name.size() == 0) continue;
    if (has_word(title, family_name(doc, name.name)) &&
        std::ranges::find(story.topics, groups[c]) == story.topics.end())
      story.topics.push_back(groups[c]);
  }
  return story;
}

}  // namespace

Entities find_entities(const Article& article, const Doc& doc,
                       std::span<const TimeExpression> times, const CorefModel* model) {
  std::vector<Candidate> candidates = find_candidates(article, doc, times);
  const auto groups = join_names(doc, candidates);
  const Story story = story_of(article, doc, candidates, groups);
  const Resolution resolution = model ? resolve(doc, candidates, groups, RankChooser(*model), story)
                                      : resolve(doc, candidates, groups, RuleChooser(), story);
  return write_entities(doc, candidates, resolution);
}

Entities find_entities(const Article& article, const Doc& doc,
                       std::span<const TimeExpression> times) {
  return find_entities(article, doc, times, nullptr);
}

}  // namespace dateline::entities
