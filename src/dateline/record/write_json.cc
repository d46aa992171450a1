#include "dateline/record/write_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace dateline::record {
namespace {

using Json = nlohmann::ordered_json;

// Writes one record. Members hold what every part needs: the offsets and the record itself.
class Writer {
 public:
  Writer(const Record& record, const JsonOptions& options)
      : record_(record), offsets_(record.article.text, options.offsets), options_(options) {}

  [[nodiscard]] Json root() const {
    Json out;
    out["schema"] = "dateline/1";
    out["document"] = document();
    if (options_.text) out["text"] = record_.article.text;
    out["blocks"] = Json::array();
    for (const Block& block : record_.article.blocks) out["blocks"].push_back(written(block));
    if (options_.source_map) out["source_map"] = source_map();
    out["sentences"] = spans(record_.sentences);
    out["times"] = list(record_.times, &Writer::time);
    out["entities"] = list(record_.entities.entities, &Writer::entity);
    out["attributions"] = list(record_.attributions, &Writer::attribution);
    out["events"] = list(record_.events, &Writer::event);
    out["relations"] = list(record_.relations, &Writer::relation);
    out["timeline"] = list(record_.timeline, &Writer::line);
    return out;
  }

 private:
  // Each piece of the text that is the page's bytes from `source` on, just so.
  [[nodiscard]] Json source_map() const {
    Json out = Json::array();
    for (const SourceRun& run : record_.article.source)
      out.push_back({{"span", span({run.text, run.text + run.size})}, {"source", run.source}});
    return out;
  }

  template <class T>
  Json list(const std::vector<T>& items, Json (Writer::*write)(const T&, std::size_t) const) const {
    Json out = Json::array();
    for (std::size_t i = 0; i < items.size(); ++i) out.push_back((this->*write)(items[i], i));
    return out;
  }

  [[nodiscard]] Json span(ByteSpan bytes) const {
    return Json::array({offsets_(bytes.begin), offsets_(bytes.end)});
  }
  [[nodiscard]] Json spans(const std::vector<ByteSpan>& list) const {
    Json out = Json::array();
    for (const ByteSpan bytes : list) out.push_back(span(bytes));
    return out;
  }
  static Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }
  static Json id(char letter, std::size_t index) { return fmt::format("{}{}", letter, index + 1); }
  static Json id(char letter, std::optional<std::uint32_t> index) {
    return index ? id(letter, static_cast<std::size_t>(*index)) : Json();
  }
  static Json point(const std::optional<TimePoint>& point) {
    return point ? Json(iso8601(*point)) : Json();
  }
  static Json interval(const Interval& value) {
    return Json::array({point(value.begin), point(value.end)});
  }
  static Json interval(const std::optional<Interval>& value) {
    return value ? interval(*value) : Json();
  }
  static double rounded(double value) {
    return static_cast<double>(static_cast<int>(value * 1000 + 0.5)) / 1000;
  }

  static Json fingerprint(std::uint64_t bits) {
    return bits == 0 ? Json() : Json(fmt::format("{:016x}", bits));
  }

  [[nodiscard]] Json written(const Block& block) const {
    Json out = {{"span", span(block.span)}, {"kind", name_of(block.kind)}};
    if (block.pull_quote) out["pull_quote"] = true;
    return out;
  }

  // Only what there is to say.
  static Json page(const PageFacts& facts) {
    Json out = {{"kind", name_of(facts.kind)}};
    if (facts.only_beginning) out["only_beginning"] = true;
    if (facts.other_articles > 0) out["other_articles"] = facts.other_articles;
    return out;
  }

  [[nodiscard]] Json document() const {
    const Article& article = record_.article;
    Json candidates = Json::array();
    for (const DateCandidate& candidate : article.published_candidates)
      candidates.push_back({{"value", candidate.value}, {"basis", name_of(candidate.basis)}});
    Json out = {{"id", article.id},
                {"uri", text_or_null(article.uri)},
                {"title", text_or_null(article.title)},
                {"authors", article.authors},
                {"publisher", text_or_null(article.publisher)},
                {"language", text_or_null(article.language)},
                {"published", point(article.published)},
                {"published_basis", name_of(article.published_basis)},
                {"published_candidates", std::move(candidates)},
                {"modified", point(article.modified)},
                {"fingerprint", fingerprint(article.fingerprint)}};
    if (article.page != PageFacts()) out["page"] = page(article.page);
    return out;
  }

  [[nodiscard]] Json time(const TimeExpression& time, std::size_t index) const {
    Json out = {{"id", id('t', index)},
                {"span", span(time.span)},
                {"type", name_of(time.type)},
                {"value", text_or_null(time.value)}};
    if (!time.mod.empty()) out["mod"] = time.mod;
    if (!time.quant.empty()) out["quant"] = time.quant;
    if (!time.freq.empty()) out["freq"] = time.freq;
    out["interval"] = interval(time.interval);
    if (time.anchor == TimeExpression::kPublished) out["anchor"] = "published";
    if (time.anchor >= 0) out["anchor"] = id('t', static_cast<std::size_t>(time.anchor));
    if (!time.alternatives.empty()) out["alternatives"] = time.alternatives;
    if (!time.reason.empty()) out["reason"] = time.reason;
    return out;
  }

  [[nodiscard]] Json entity(const Entity& entity, std::size_t index) const {
    Json mentions = Json::array();
    for (const std::uint32_t number : entity.mentions) {
      const Mention& mention = record_.entities.mentions[number];
      mentions.push_back({{"span", span(mention.span)}, {"form", name_of(mention.form)}});
    }
    Json out = {{"id", id('e', index)},
                {"kind", name_of(entity.kind)},
                {"name", entity.name},
                {"aliases", entity.aliases},
                {"descriptions", entity.descriptions},
                {"mentions", std::move(mentions)}};
    if (!entity.members.empty()) {
      out["members"] = Json::array();
      for (const std::uint32_t member : entity.members)
        out["members"].push_back(id('e', static_cast<std::size_t>(member)));
    }
    return out;
  }

  [[nodiscard]] Json attribution(const Attribution& item, std::size_t index) const {
    return {{"id", id('a', index)},
            {"form", name_of(item.form)},
            {"content", spans(item.content)},
            {"cue", spans(item.cue)},
            {"source", spans(item.source)},
            {"speaker", id('e', item.speaker)},
            {"source_kind", name_of(item.source_kind)},
            {"parent", id('a', item.parent)},
            {"confidence", rounded(item.confidence)}};
  }

  [[nodiscard]] Json event(const Event& event, std::size_t index) const {
    Json participants = Json::array();
    for (const Participant& participant : event.participants)
      participants.push_back({{"role", name_of(participant.role)},
                              {"span", span(participant.span)},
                              {"entity", id('e', participant.entity)}});
    Json time;
    if (event.time.basis != TimeBasis::kNone)
      time = {{"expression", id('t', event.time.expression)},
              {"interval", interval(event.time.interval)},
              {"basis", name_of(event.time.basis)}};
    return {{"id", id('v', index)},
            {"span", span(event.span)},
            {"clause", span(event.clause)},
            {"lemma", event.lemma},
            {"class", text_or_null(event.event_class)},
            {"participants", std::move(participants)},
            {"time", std::move(time)},
            {"polarity", name_of(event.polarity)},
            {"certainty", name_of(event.certainty)},
            {"tense", name_of(event.tense)},
            {"attribution", id('a', event.attribution)},
            {"confidence", rounded(event.confidence)}};
  }

  [[nodiscard]] Json relation(const Relation& item, std::size_t index) const {
    Json out = {{"id", id('r', index)},
                {"relation", item.relation},
                {"subject", id('e', static_cast<std::size_t>(item.subject))}};
    if (item.object) out["object"] = id('e', item.object);
    if (!item.object) out["value"] = item.value;
    out["subject_span"] = span(item.subject_span);
    out["object_span"] = span(item.object_span);
    out["evidence"] = span(item.evidence);
    out["status"] = name_of(item.status);
    out["interval"] = interval(item.interval);
    out["polarity"] = name_of(item.polarity);
    out["certainty"] = name_of(item.certainty);
    out["attribution"] = id('a', item.attribution);
    out["confidence"] = rounded(item.confidence);
    return out;
  }

  [[nodiscard]] Json line(const Line& line, std::size_t) const {
    Json entities = Json::array();
    for (const std::uint32_t entity : line.entities)
      entities.push_back(id('e', static_cast<std::size_t>(entity)));
    return {{"event", id('v', static_cast<std::size_t>(line.event))},
            {"interval", interval(line.interval)},
            {"grain", text_or_null(line.grain)},
            {"text", line.text},
            {"entities", std::move(entities)},
            {"attribution", id('a', line.attribution)},
            {"score", rounded(line.score)}};
  }

  const Record& record_;
  unicode::OffsetMap offsets_;
  const JsonOptions& options_;
};

}  // namespace

std::string write_json(const Record& record, const JsonOptions& options) {
  return Writer(record, options)
      .root()
      .dump(options.indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace dateline::record
