#include "dateline/reader/reader.h"

#include "dateline/attributions/find_attributions.h"
#include "dateline/base/ascii.h"
#include "dateline/entities/find_entities.h"
#include "dateline/events/find_events.h"
#include "dateline/relations/find_relations.h"
#include "dateline/timeline/make_timeline.h"
#include "dateline/times/find_times.h"

namespace dateline {
namespace {

std::vector<std::uint32_t> edges_of_blocks(const Article& article) {
  std::vector<std::uint32_t> edges;
  for (const Block& block : article.blocks) {
    edges.push_back(block.span.begin);
    edges.push_back(block.span.end);
  }
  return edges;
}

// An empty line stands before it.
bool stands_apart(std::string_view text, ByteSpan block) {
  std::size_t breaks = 0;
  for (std::size_t at = block.begin; at > 0 && is_space(text[at - 1]); --at)
    breaks += text[at - 1] == '\n';
  return breaks >= 2;
}

// Those of them that no mark shows: of a heading without a stop, and of "PARIS —" before a
// sentence. The others the parser sees itself, and in lines that are nothing known it is right more
// often than the line's end.
std::vector<std::uint32_t> edges_of_headings(const Article& article) {
  std::vector<std::uint32_t> edges;
  for (const Block& block : article.blocks) {
    const std::string_view text = trim(slice(article.text, block.span));
    const bool open = !text.empty() && (is_alpha(text.back()) || is_digit(text.back()));
    if (block.kind == BlockKind::kParagraph) {
      if (stands_apart(article.text, block.span)) edges.push_back(block.span.begin);
      continue;
    }
    if (!open && block.kind != BlockKind::kDateline) continue;
    edges.push_back(block.span.begin);
    edges.push_back(block.span.end);
  }
  return edges;
}

// The sentences of the article's own text: not of its header lines, and no white space at their
// edges.
std::vector<ByteSpan> sentences_of(const Article& article, const Doc& doc) {
  std::vector<ByteSpan> sentences;
  auto block =
      article.blocks.begin();  // the first that does not end before the sentence: both go forward
  for (const TokenSpan tokens : doc.sentences()) {
    ByteSpan span = doc.bytes(tokens);
    while (!span.empty() && is_space(article.text[span.begin])) ++span.begin;
    while (!span.empty() && is_space(article.text[span.end - 1])) --span.end;
    while (block != article.blocks.end() && block->span.end <= span.begin) ++block;
    bool header = false;
    for (auto at = block; at != article.blocks.end() && at->span.begin < span.end; ++at)
      header |= at->kind == BlockKind::kHeader && at->span.overlaps(span);
    if (!span.empty() && !header) sentences.push_back(span);
  }
  return sentences;
}

template <class Part>
const Part* borrowed(const std::optional<Part>& part) {
  return part ? &*part : nullptr;
}

}  // namespace

std::vector<Doc> annotate(const language::Pipeline& pipeline, std::span<const Article> articles,
                          language::Workspace& workspace) {
  std::vector<std::vector<std::uint32_t>> edges;
  edges.reserve(articles.size());
  std::vector<language::Passage> passages;
  passages.reserve(articles.size());
  for (const Article& article : articles) {
    edges.push_back(edges_of_headings(article));
    passages.push_back({article.text, edges.back()});
  }
  return pipeline.annotate(passages, workspace);
}

Record read(const Article& article, Doc doc, const Models& models, const ReadOptions& options) {
  Record record;
  record.article = article;
  doc.start_sentences_at(edges_of_blocks(article));  // where the Doc is of a dump
  record.sentences = sentences_of(article, doc);
  if (options.times) record.times = times::find_times(article, doc);
  if (options.entities)
    record.entities = entities::find_entities(article, doc, record.times, borrowed(models.coref));
  if (options.attributions)
    record.attributions = attributions::find_attributions(article, doc, record.entities,
                                                          borrowed(models.attributions));
  const events::EventInput input{article, doc, record.times, record.entities, record.attributions};
  if (options.events) record.events = events::find_events(input);
  if (options.relations)
    record.relations = relations::find_relations(input, record.events, borrowed(models.relations));
  if (options.timeline)
    record.timeline = timeline::make_timeline(input, record.events, record.relations);
  return record;
}

}  // namespace dateline
