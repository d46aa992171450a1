#include "dateline/export/ftm.h"

#include <fmt/format.h>

#include "dateline/export/addresses.h"
#include "dateline/export/ftm_entity.h"
#include "dateline/export/ftm_schemata.h"
#include "dateline/export/stable_id.h"

namespace dateline::exporting {
namespace {

// What a citation or an article's row says of where something stands.
void add_source(FtmEntity& entity, const Json& citation) {
  const std::string uri = text_at(citation, "uri");
  if (is_web_address(uri)) entity.add("sourceUrl", uri);
  entity.add("publisher", text_at(citation, "publisher"));
}

std::string key_of(const Json& reference) { return text_at(reference, "id"); }

bool is_fact(const Json& row) {
  return text_at(row, "polarity") == "positive" && text_at(row, "certainty") == "certain" &&
         value_at(row, "attributed").is_null();
}

// "possible; according to Ann Bell" of marks().
std::string hedges(const Json& row) {
  std::string words = marks(row);
  if (words.empty()) return words;
  words = words.substr(2, words.size() - 3);
  for (std::size_t at = 0; (at = words.find(") (", at)) != std::string::npos;)
    words.replace(at, 3, "; ");
  return words;
}

}  // namespace

std::string FollowTheMoney::id_of(std::string_view id) const { return stable_id({store_, id}); }

std::string FollowTheMoney::article_id(const Json& citation) const {
  return stable_id({store_, "article", text_at(citation, "article")});
}

Piece FollowTheMoney::article(const ArticleView& article) const {
  const Json& row = article.row();
  const std::string id = article_id(row);
  FtmEntity entity(id, "Article");
  entity.add("title", text_at(row, "title"));
  entity.add("fileName", text_at(row, "article_id"));
  const Json& document = value_at(value_at(row, "record"), "document");
  for (const Json& author : value_at(document, "authors")) entity.add("author", author);
  add_source(entity, row);
  for (const Json& copy : value_at(row, "copies")) add_source(entity, copy);
  entity.add("publishedAt", text_at(row, "published").substr(0, 10));
  entity.add("modifiedAt", text_at(document, "modified").substr(0, 10));
  if (!value_at(row, "superseded_by").is_null())
    entity.add("summary", "A later text at this address replaced this one.");
  entity.add("notes", text_at(row, "correction"));
  entity.add("bodyText", article.text());
  std::string lines = entity.line();
  for (const Json& named : article.list("entities")) {
    const Json reference = article.reference(value_at(named, "id"));
    const FtmKind* kind = ftm_kind(text_at(reference, "kind"));
    if (key_of(reference).empty() || kind == nullptr || !kind->party) continue;
    FtmEntity mention(stable_id({id, text_at(named, "id")}), "Mention");
    mention.add("document", id);
    mention.add("name", text_at(named, "name"));
    for (const Json& alias : value_at(named, "aliases")) mention.add("name", alias);
    mention.add("resolved", id_of(key_of(reference)));
    mention.add("detectedSchema", kind->schema);
    lines += mention.line();
  }
  return {.text = std::move(lines), .left_out = {}};
}

Piece FollowTheMoney::person(const Json& person, const Json& ties) const {
  const std::string kind_name = text_at(person, "kind");
  const FtmKind* kind = ftm_kind(kind_name);
  if (kind == nullptr)
    return {.text = {}, .left_out = "things of a kind without a schema (products, works, others)"};
  FtmEntity entity(id_of(key_of(person)), kind->schema);
  entity.add("name", text_at(person, "name"));
  if (!kind->party) entity.add("full", text_at(person, "name"));
  for (const Json& alias : value_at(person, "aliases")) {
    const bool weak = alias.get_ref<const std::string&>().find(' ') == std::string::npos;
    entity.add(weak ? "weakAlias" : "alias", alias);
  }
  for (const Json& words : value_at(person, "descriptions")) entity.add("notes", words);
  for (const Json& tie : ties) {
    if (!is_fact(tie) || value_at(tie, "current") != true) continue;
    if (key_of(value_at(tie, "subject")) != key_of(person)) continue;
    const std::string value = text_at(tie, "value");
    if (const auto property = ftm_value_property(text_at(tie, "relation"), kind_name, value))
      entity.add(*property, value);
  }
  return {.text = entity.line(), .left_out = {}};
}

Piece FollowTheMoney::tie(const Json& tie) const {
  const Json &subject = value_at(tie, "subject"), &object = value_at(tie, "object");
  if (object.is_null()) return {};
  if (text_at(tie, "polarity") != "positive") return {.text = {}, .left_out = "denied ties"};
  if (key_of(subject).empty() || key_of(object).empty())
    return {.text = {}, .left_out = "ties to somebody without a name"};
  if (ftm_kind(text_at(subject, "kind")) == nullptr || ftm_kind(text_at(object, "kind")) == nullptr)
    return {.text = {}, .left_out = "ties to things of a kind without a schema"};
  const Json& first = value_at(tie, "evidence")[0];
  const FtmTie how =
      ftm_tie(text_at(tie, "relation"), text_at(subject, "kind"), text_at(object, "kind"));
  const std::string status = text_at(tie, "status");
  FtmEntity entity(stable_id({store_, text_at(tie, "relation"), key_of(subject), key_of(object),
                              status, text_at(first, "article"), text_at(first, "span")}),
                   how.schema);
  entity.add(how.subject, id_of(key_of(subject)));
  entity.add(how.object, id_of(key_of(object)));
  const bool told = status != "unknown" && status != "current";
  if (how.has_role) {
    entity.add("role", how.word);
    if (status != "unknown") entity.add("status", status);
  } else {
    entity.add("relationship", told ? fmt::format("{} ({})", how.word, status) : how.word);
  }
  entity.add_range(date_range(value_at(tie, "interval")), Exact::kNo);
  entity.add("summary", hedges(tie));
  for (const Json& cited : value_at(tie, "evidence")) {
    entity.add("proof", article_id(cited));
    entity.add("description", text_at(cited, "sentence"));
    add_source(entity, cited);
  }
  return {.text = entity.line(), .left_out = {}};
}

Piece FollowTheMoney::event(const Json& line) const {
  if (text_at(line, "polarity") != "positive") return {.text = {}, .left_out = "denied lines"};
  if (value_at(line, "retracted") == true) return {.text = {}, .left_out = "retracted lines"};
  FtmEntity entity(id_of(text_at(line, "id")), "Event");
  entity.add("name", text_at(line, "text"));
  entity.add_range(date_range(value_at(line, "interval")), Exact::kYes);
  entity.add("summary", hedges(line));
  if (const std::string label = text_at(line, "label"); label.ends_with('?'))
    entity.add("summary", "the date is not sure: " + label);
  entity.add("keywords", text_at(line, "class"));
  for (const Json& person : value_at(line, "people")) {
    const FtmKind* kind = ftm_kind(text_at(person, "kind"));
    if (kind != nullptr && kind->party) entity.add("involved", id_of(key_of(person)));
  }
  for (const Json& teller : value_at(line, "tellers")) {
    entity.add("proof", article_id(teller));
    entity.add("description", text_at(teller, "sentence"));
    add_source(entity, teller);
  }
  return {.text = entity.line(), .left_out = {}};
}

}  // namespace dateline::exporting
