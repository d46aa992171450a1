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

// A block's edges are edges of sentences, whatever the parser made of them.
void fit_sentences_to_blocks(const Article& article, Doc& doc) {
  std::vector<std::uint32_t> edges;
  for (const Block& block : article.blocks) {
    edges.push_back(block.span.begin);
    edges.push_back(block.span.end);
  }
  doc.start_sentences_at(edges);
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

Record read(const Article& article, Doc doc, const Models& models, const ReadOptions& options) {
  Record record;
  record.article = article;
  fit_sentences_to_blocks(article, doc);
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
