#include "dateline/export/table_rows.h"

#include <set>

namespace dateline::exporting {
namespace {

void copy(const Json& from, std::initializer_list<const char*> keys, Json& to) {
  for (const char* key : keys) to[key] = value_at(from, key);
}

void add_interval(const Json& interval, Json& row) {
  const bool known = interval.is_array() && interval.size() == 2;
  row["begin"] = known ? interval[0] : Json();
  row["end"] = known ? interval[1] : Json();
}

// The columns "attributed" and "attributed_kind".
void add_attributed(const Json& attributed, Json& row) {
  row["attributed"] = value_at(attributed, "speaker");
  row["attributed_kind"] = value_at(attributed, "kind");
}

void add_citation(const Json& citation, Json& row) {
  copy(citation, {"article", "article_id", "title", "publisher", "published", "uri"}, row);
  row["superseded"] = value_at(citation, "superseded") == true ? "yes" : "";
  row["begin_code_point"] = value_at(citation, "span")[0];
  row["end_code_point"] = value_at(citation, "span")[1];
  row["sentence"] = value_at(citation, "sentence");
}

// "agent: Ann Bell [P3]".
std::string participant_words(const ArticleView& article, const Json& participant) {
  const Json who = article.reference(value_at(participant, "entity"));
  const std::string id = text_at(who, "id");
  const std::string name =
      who.is_null() ? article.words(value_at(participant, "span")) : text_at(who, "name");
  return text_at(participant, "role") + ": " + name + (id.empty() ? "" : " [" + id + "]");
}

}  // namespace

Json line_row(const Json& line) {
  Json row = {{"line", value_at(line, "id")}};
  add_interval(value_at(line, "interval"), row);
  copy(line, {"grain", "label", "text", "class", "polarity", "certainty"}, row);
  add_attributed(value_at(line, "attributed"), row);
  row["retracted"] = value_at(line, "retracted") == true ? "yes" : "";
  row["people"] = Json::array();
  row["people_ids"] = Json::array();
  for (const Json& person : value_at(line, "people")) {
    row["people"].push_back(value_at(person, "name"));
    row["people_ids"].push_back(value_at(person, "id"));
  }
  row["publishers"] = value_at(line, "publishers");
  row["tellers"] = value_at(line, "tellers").size();
  add_citation(value_at(line, "tellers")[0], row);
  return row;
}

Json person_row(const Json& person) { return person; }

std::vector<Json> article_rows(const ArticleView& article) {
  Json row;
  copy(article.row(),
       {"article", "article_id", "title", "publisher", "published", "published_basis", "uri",
        "correction", "superseded_by"},
       row);
  copy(value_at(value_at(article.row(), "record"), "document"), {"authors", "modified"}, row);
  row["code_points"] = value_at(article.row(), "characters");
  row["copies"] = Json::array();
  for (const Json& place : value_at(article.row(), "copies")) {
    const std::string publisher = text_at(place, "publisher"), uri = text_at(place, "uri");
    row["copies"].push_back(publisher + (publisher.empty() || uri.empty() ? "" : " ") + uri);
  }
  return {row};
}

std::vector<Json> event_rows(const ArticleView& article) {
  std::set<std::string> on_timeline;
  for (const Json& line : article.list("timeline")) on_timeline.insert(text_at(line, "event"));
  std::vector<Json> rows;
  for (const Json& event : article.list("events")) {
    const Json& span = value_at(event, "span");
    Json row = {{"event", value_at(event, "id")},
                {"words", article.words(span)},
                {"clause", article.words(value_at(event, "clause"))}};
    copy(event, {"lemma", "class"}, row);
    add_interval(value_at(value_at(event, "time"), "interval"), row);
    row["basis"] = value_at(value_at(event, "time"), "basis");
    copy(event, {"polarity", "certainty", "tense"}, row);
    add_attributed(article.attributed(value_at(event, "attribution")), row);
    row["participants"] = Json::array();
    for (const Json& participant : value_at(event, "participants"))
      row["participants"].push_back(participant_words(article, participant));
    row["on_timeline"] = on_timeline.contains(text_at(event, "id")) ? "yes" : "";
    row["confidence"] = value_at(event, "confidence");
    add_citation(article.citation(span), row);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Json> relation_rows(const ArticleView& article) {
  std::vector<Json> rows;
  for (const Json& item : article.list("relations")) {
    const Json subject = article.reference(value_at(item, "subject")),
               object = article.reference(value_at(item, "object"));
    Json row = {{"id", value_at(item, "id")},           {"relation", value_at(item, "relation")},
                {"subject", value_at(subject, "name")}, {"subject_id", value_at(subject, "id")},
                {"object", value_at(object, "name")},   {"object_id", value_at(object, "id")}};
    copy(item, {"value", "status"}, row);
    add_interval(value_at(item, "interval"), row);
    copy(item, {"polarity", "certainty"}, row);
    add_attributed(article.attributed(value_at(item, "attribution")), row);
    row["confidence"] = value_at(item, "confidence");
    add_citation(article.citation(value_at(item, "evidence")), row);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Json> quote_rows(const ArticleView& article) {
  std::vector<Json> rows;
  for (const Json& item : article.list("attributions")) {
    const Json speaker = article.reference(value_at(item, "speaker"));
    const Json& content = value_at(item, "content");
    Json row = {{"quote", value_at(item, "id")},
                {"form", value_at(item, "form")},
                {"speaker", value_at(speaker, "name")},
                {"speaker_id", value_at(speaker, "id")},
                {"source", article.all_words(value_at(item, "source"))},
                {"source_kind", value_at(item, "source_kind")},
                {"cue", article.all_words(value_at(item, "cue"))},
                {"content", article.all_words(content)},
                {"within", value_at(item, "parent")},
                {"confidence", value_at(item, "confidence")}};
    add_citation(article.citation(ArticleView::hull(content)), row);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Json> time_rows(const ArticleView& article) {
  std::vector<Json> rows;
  for (const Json& time : article.list("times")) {
    const Json& span = value_at(time, "span");
    Json row = {{"time", value_at(time, "id")}, {"words", article.words(span)}};
    copy(time, {"type", "value", "mod", "quant", "freq"}, row);
    add_interval(value_at(time, "interval"), row);
    copy(time, {"anchor", "alternatives"}, row);
    add_citation(article.citation(span), row);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Json> mention_rows(const ArticleView& article) {
  std::vector<Json> rows;
  for (const Json& entity : article.list("entities")) {
    const Json who = article.reference(value_at(entity, "id"));
    for (const Json& mention : value_at(entity, "mentions")) {
      const Json& span = value_at(mention, "span");
      Json row = {{"entity", value_at(entity, "id")},  {"person_id", value_at(who, "id")},
                  {"name", value_at(who, "name")},     {"kind", value_at(who, "kind")},
                  {"form", value_at(mention, "form")}, {"words", article.words(span)}};
      add_citation(article.citation(span), row);
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

}  // namespace dateline::exporting
