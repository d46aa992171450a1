#include "dateline/export/annotations.h"

#include <fmt/format.h>

#include "dateline/export/addresses.h"
#include "dateline/export/stable_id.h"

namespace dateline::exporting {
namespace {

constexpr std::uint32_t kContext = 32;  // code points before and behind a quotation

// What one annotation says: where, what kind of thing, and what of it.
struct Mark {
  std::string id;  // within the article
  const char* motivation;
  std::string tag;   // "PERSON", "DATE", "direct", "divorce", "spouse"
  std::string said;  // in words
  Json spans;        // a list
};

class Annotations {
 public:
  Annotations(const ArticleView& article, std::string_view store)
      : article_(article), number_(text_at(article.row(), "article")), store_(store) {
    const std::string uri = text_at(article.row(), "uri");
    // At the address of a text that was replaced stands another one.
    const bool there = is_web_address(uri) && value_at(article.row(), "superseded_by").is_null();
    source_ = there ? uri : stable_urn({store, "article", number_});
  }

  std::vector<std::string> all() {
    mentions();
    times();
    attributions();
    events();
    relations();
    return std::move(out_);
  }

 private:
  void mentions() {
    for (const Json& entity : article_.list("entities")) {
      const Json reference = article_.reference(value_at(entity, "id"));
      const std::string id = text_at(reference, "id");
      const std::string said =
          text_at(entity, "name") + (id.empty() ? std::string() : fmt::format(" ({})", id));
      std::size_t number = 0;
      for (const Json& mention : value_at(entity, "mentions"))
        add({.id = fmt::format("{}/{}", text_at(entity, "id"), ++number),
             .motivation = "identifying",
             .tag = fmt::format("{} {}", text_at(entity, "kind"), text_at(mention, "form")),
             .said = said,
             .spans = Json::array({value_at(mention, "span")})});
    }
  }

  void times() {
    for (const Json& time : article_.list("times")) {
      std::string said = text_at(time, "value");
      if (const std::string mod = text_at(time, "mod"); !mod.empty()) said += " " + mod;
      if (const std::string when = interval_words(value_at(time, "interval")); !when.empty())
        said += fmt::format(" ({})", when);
      add({.id = text_at(time, "id"),
           .motivation = "classifying",
           .tag = text_at(time, "type"),
           .said = said,
           .spans = Json::array({value_at(time, "span")})});
    }
  }

  void attributions() {
    for (const Json& item : article_.list("attributions")) {
      std::string said = attributed_words(article_.attributed(value_at(item, "id")));
      if (const std::string cue = article_.all_words(value_at(item, "cue")); !cue.empty())
        said += fmt::format(" (“{}”)", cue);
      add({.id = text_at(item, "id"),
           .motivation = "describing",
           .tag = text_at(item, "form") + " speech",
           .said = said,
           .spans = value_at(item, "content")});
    }
  }

  void events() {
    for (const Json& event : article_.list("events")) {
      std::string said = article_.words(value_at(event, "clause"));
      if (const std::string when = interval_words(value_at(value_at(event, "time"), "interval"));
          !when.empty())
        said += "; " + when;
      const std::string kind = text_at(event, "class");
      add({.id = text_at(event, "id"),
           .motivation = "classifying",
           .tag = "event " + (kind.empty() ? text_at(event, "lemma") : kind),
           .said = said + hedges(event),
           .spans = Json::array({value_at(event, "span")})});
    }
  }

  void relations() {
    for (const Json& item : article_.list("relations")) {
      const Json object = article_.reference(value_at(item, "object"));
      const std::string status = text_at(item, "status");
      add({.id = text_at(item, "id"),
           .motivation = "describing",
           .tag = "relation " + text_at(item, "relation"),
           .said = fmt::format("{} – {}{}{}",
                               text_at(article_.reference(value_at(item, "subject")), "name"),
                               object.is_null() ? text_at(item, "value") : text_at(object, "name"),
                               status == "unknown" ? "" : ", " + status, hedges(item)),
           .spans = Json::array({value_at(item, "evidence")})});
    }
  }

  // marks() of an item, whose attribution is an id.
  [[nodiscard]] std::string hedges(const Json& item) const {
    return marks({{"certainty", value_at(item, "certainty")},
                  {"polarity", value_at(item, "polarity")},
                  {"attributed", article_.attributed(value_at(item, "attribution"))}});
  }

  [[nodiscard]] Json target(const Json& span) const {
    const auto begin = span[0].get<std::uint32_t>(), end = span[1].get<std::uint32_t>();
    return {{"source", source_},
            {"selector",
             {{{"type", "TextQuoteSelector"},
               {"exact", article_.words(begin, end)},
               {"prefix", article_.words(begin < kContext ? 0 : begin - kContext, begin)},
               {"suffix", article_.words(end, end + kContext)}},
              {{"type", "TextPositionSelector"}, {"start", begin}, {"end", end}}}}};
  }

  void add(const Mark& mark) {
    Json targets = Json::array();
    for (const Json& span : mark.spans) targets.push_back(target(span));
    if (targets.empty()) return;
    const Json annotation = {
        {"id", stable_urn({store_, "annotation", number_, mark.id})},
        {"type", "Annotation"},
        {"motivation", mark.motivation},
        {"body",
         {{{"type", "TextualBody"}, {"purpose", "tagging"}, {"value", mark.tag}},
          {{"type", "TextualBody"}, {"purpose", mark.motivation}, {"value", mark.said}}}},
        {"target", targets.size() == 1 ? targets[0] : targets}};
    out_.push_back(written(annotation));
  }

  const ArticleView& article_;
  std::string number_, store_, source_;
  std::vector<std::string> out_;
};

}  // namespace

std::vector<std::string> write_annotations(const ArticleView& article, std::string_view store) {
  return Annotations(article, store).all();
}

std::string annotations_head(std::string_view store) {
  return fmt::format(
      "{{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\n\"id\":\"{}\",\n"
      "\"type\":\"AnnotationCollection\",\n\"label\":\"What Dateline marks; positions are code "
      "points of each article's text\",\n\"first\":{{\"id\":\"{}\",\"type\":"
      "\"AnnotationPage\",\"startIndex\":0,\"items\":[\n",
      stable_urn({store, "annotations"}), stable_urn({store, "annotations", "1"}));
}

std::string annotations_tail(std::size_t total) {
  return fmt::format("\n]}},\n\"total\":{}}}\n", total);
}

}  // namespace dateline::exporting
