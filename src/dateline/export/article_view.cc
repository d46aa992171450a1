#include "dateline/export/article_view.h"

#include <algorithm>

#include "dateline/base/ascii.h"

namespace dateline::exporting {

ArticleView::ArticleView(Json article)
    : row_(std::move(article)),
      text_(text_at(value_at(row_, "record"), "text")),
      offsets_(text_, unicode::OffsetUnit::kCodePoints) {}

const Json& ArticleView::list(const char* name) const {
  static const Json none = Json::array();
  const Json& found = value_at(value_at(row_, "record"), name);
  return found.is_array() ? found : none;
}

std::string ArticleView::words(std::uint32_t begin, std::uint32_t end) const {
  const std::uint32_t from = offsets_.to_byte(begin), to = offsets_.to_byte(end);
  return from < to ? text_.substr(from, to - from) : std::string();
}

std::string ArticleView::words(const Json& span) const {
  return words(span[0].get<std::uint32_t>(), span[1].get<std::uint32_t>());
}

std::string ArticleView::all_words(const Json& spans) const {
  std::string out;
  for (const Json& span : spans) out += (out.empty() ? "" : " … ") + words(span);
  return out;
}

Json ArticleView::hull(const Json& spans) {
  if (spans.empty()) return Json::array({0, 0});
  Json out = spans[0];
  for (const Json& span : spans) {
    if (span[0] < out[0]) out[0] = span[0];
    if (span[1] > out[1]) out[1] = span[1];
  }
  return out;
}

// "e3" is the third of its list.
const Json& ArticleView::item(const char* name, const Json& id) const {
  static const Json none;
  if (!id.is_string()) return none;
  const auto number =
      to_number<std::size_t>(std::string_view(id.get_ref<const std::string&>()).substr(1));
  const Json& items = list(name);
  return number && *number >= 1 && *number <= items.size() ? items[*number - 1] : none;
}

Json ArticleView::reference(const Json& entity) const {
  const Json& found = item("entities", entity);
  if (found.is_null()) return {};
  return {{"id", value_at(value_at(row_, "identities"), text_at(found, "id").c_str())},
          {"name", text_at(found, "name")},
          {"kind", text_at(found, "kind")}};
}

Json ArticleView::attributed(const Json& attribution) const {
  const Json& found = item("attributions", attribution);
  if (found.is_null()) return {};
  const Json speaker = reference(value_at(found, "speaker"));
  const std::string source = all_words(value_at(found, "source"));
  return {{"speaker", speaker.is_null() ? (source.empty() ? Json() : Json(source))
                                        : value_at(speaker, "name")},
          {"person", value_at(speaker, "id")},
          {"kind", text_at(found, "source_kind")}};
}

Json ArticleView::sentence_span(std::int64_t begin, std::int64_t end) const {
  Json out = Json::array({begin, end});
  const Json& sentences = list("sentences");
  // The first sentence that ends behind `begin`; then as many as the span reaches into.
  auto at = std::partition_point(sentences.begin(), sentences.end(), [&](const Json& sentence) {
    return sentence[1].get<std::int64_t>() <= begin;
  });
  for (; at != sentences.end() && (*at)[0] < std::max(end, begin + 1); ++at) {
    out[0] = std::min(out[0], (*at)[0]);
    out[1] = std::max(out[1], (*at)[1]);
  }
  return out;
}

Json ArticleView::citation(const Json& span) const {
  Json out;
  for (const char* key : {"article", "article_id", "title", "publisher", "uri", "published"})
    out[key] = value_at(row_, key);
  out["span"] = span;
  const Json sentence = sentence_span(span[0].get<std::int64_t>(), span[1].get<std::int64_t>());
  out["sentence"] = words(sentence);
  out["sentence_span"] = sentence;
  out["superseded"] = !value_at(row_, "superseded_by").is_null();
  return out;
}

}  // namespace dateline::exporting
