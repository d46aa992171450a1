#include "dateline/store/write_article.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "dateline/article/fingerprint.h"
#include "dateline/base/ascii.h"
#include "dateline/base/sha256.h"
#include "dateline/base/tsv.h"
#include "dateline/record/date_label.h"
#include "dateline/record/write_json.h"
#include "dateline/store/identity.h"
#include "dateline/store/names.h"
#include "dateline/store/pack.h"
#include "dateline/unicode/utf8.h"

namespace dateline::data {
extern const std::string_view store_correction_marks;
}

namespace dateline::store {
namespace {

using Json = nlohmann::ordered_json;

// The sentence that says that the article was corrected; "" for none.
std::string correction_of(const Record& record) {
  static const auto marks = parse_tsv(data::store_correction_marks);
  for (const ByteSpan sentence : record.sentences) {
    const std::string_view words = slice(record.article.text, sentence);
    const std::string key = name_key(words.substr(0, 80));
    for (const auto& mark : marks)
      if (key == mark[0] || key.starts_with(std::string(mark[0]) + ' ')) return std::string(words);
  }
  return {};
}

std::string slices(std::string_view text, const std::vector<ByteSpan>& spans) {
  std::string words;
  for (const ByteSpan span : spans) {
    if (!words.empty()) words += " … ";
    words += slice(text, span);
  }
  return unicode::sanitize(words, nullptr);
}

// "m" or "f" where the pronouns of an entity are all of one gender, two of them or more.
std::string gender_of(const Record& record, const Entity& entity) {
  int he = 0, she = 0;
  for (const std::uint32_t number : entity.mentions) {
    const Mention& mention = record.entities.mentions[number];
    if (mention.form != MentionForm::kPronoun) continue;
    const std::string word = to_lower(slice(record.article.text, mention.span));
    he += word == "he" || word == "him" || word == "his" || word == "himself";
    she += word == "she" || word == "her" || word == "hers" || word == "herself";
  }
  if (he >= 2 && she == 0) return "m";
  if (she >= 2 && he == 0) return "f";
  return {};
}

// "34" of ", 34," or " (34)" behind a name, of "34-year-old" in a description.
std::optional<int> age_in(std::string_view words) {
  std::size_t at = 0;
  while (at < words.size() && (words[at] == ',' || words[at] == ' ' || words[at] == '(')) ++at;
  const std::size_t begin = at;
  while (at < words.size() && is_digit(words[at])) ++at;
  if (begin == 0 || at - begin > 3 || at == words.size()) return std::nullopt;
  const bool closed = words[at] == ',' || words[at] == ')' || words[at] == '.';
  return closed ? to_number(words.substr(begin, at - begin)) : std::nullopt;
}

std::optional<int> age_of_description(std::string_view words) {
  const std::size_t at = words.find("-year-old");
  if (at == std::string_view::npos) return std::nullopt;
  std::size_t begin = at;
  while (begin > 0 && is_digit(words[begin - 1])) --begin;
  return to_number(words.substr(begin, at - begin));
}

// The year that an age or a date of birth in the article points to; ages are good to a year.
std::optional<int> birth_year(const Record& record, std::size_t index) {
  for (const Relation& relation : record.relations)
    if (relation.subject == index && relation.relation == "birth_date" &&
        relation.polarity == Polarity::kPositive)
      if (const auto year = to_number(std::string_view(relation.value).substr(0, 4))) return year;
  const Entity& entity = record.entities.entities[index];
  if (entity.kind != EntityKind::kPerson || !record.article.published) return std::nullopt;
  std::optional<int> age;
  for (const std::string& words : entity.descriptions)
    if (!age) age = age_of_description(words);
  for (const std::uint32_t number : entity.mentions) {
    const Mention& mention = record.entities.mentions[number];
    if (!age && mention.form == MentionForm::kName)
      age = age_in(slice(record.article.text, {mention.span.end, mention.span.end + 8}));
  }
  if (!age || *age > 120) return std::nullopt;
  const std::chrono::year_month_day published{record.article.published->day};
  return static_cast<int>(published.year()) - *age;
}

// Writes the findings of one article. Members hold what every row needs.
class Findings {
 public:
  Findings(Database& database, std::int64_t article, const Record& record)
      : database_(database),
        article_(article),
        record_(record),
        text_(record.article.text),
        offsets_(text_, unicode::OffsetUnit::kCodePoints) {}

  Result<void> write() {
    DATELINE_DO(entities());
    DATELINE_DO(quotes());
    DATELINE_DO(events());
    return relations();
  }

 private:
  std::int64_t at(std::uint32_t byte) const { return offsets_(byte); }

  static bool has_id(std::optional<std::size_t> index) {
    return index && static_cast<std::int64_t>(*index) + 1 < kPerArticle;
  }
  // The id of what has `index` in the record; NULL for none, and beyond what ids have room for.
  [[nodiscard]] Value id_of(std::optional<std::size_t> index) const {
    return has_id(index) ? Value(numbered(*index)) : Value();
  }
  // Of an entity: NULL where it has no row.
  [[nodiscard]] Value entity_row(std::optional<std::uint32_t> index) const {
    return index && *index < kept_.size() && kept_[*index] ? id_of(*index) : Value();
  }
  [[nodiscard]] bool named(std::optional<std::uint32_t> index) const {
    return index && *index < kept_.size() && kept_[*index] &&
           record_.entities.entities[*index].named;
  }

  // The sentence that `span` begins in; the span itself where it stands in none.
  ByteSpan sentence_of(ByteSpan span) const {
    const auto& all = record_.sentences;
    auto after = std::upper_bound(all.begin(), all.end(), span.begin,
                                  [](std::uint32_t b, ByteSpan s) { return b < s.begin; });
    return after != all.begin() && std::prev(after)->end > span.begin ? *std::prev(after) : span;
  }

  std::int64_t paragraph_of(ByteSpan span) const {
    std::int64_t number = 0;
    for (const Block& block : record_.article.blocks)
      number += block.span.begin <= span.begin && block.kind == BlockKind::kParagraph;
    return std::max<std::int64_t>(number, 1);
  }

  // Who has a row: whoever has a name, speaks, or has a tie. The record keeps all.
  void choose_entities() {
    const auto& all = record_.entities.entities;
    kept_.assign(all.size(), false);
    const auto keep = [&](std::optional<std::uint32_t> index) {
      if (has_id(index) && *index < kept_.size()) kept_[*index] = true;
    };
    for (std::uint32_t i = 0; i < all.size(); ++i)
      if (all[i].named) keep(i);
    for (const Attribution& item : record_.attributions) keep(item.speaker);
    for (const Relation& item : record_.relations) {
      keep(item.subject);
      keep(item.object);
    }
  }

  Result<void> entities() {
    choose_entities();
    const std::vector<Named> named = named_entities();
    DATELINE_TRY(const Assigned assigned, assign_identities(database_, named));
    std::size_t next = 0;  // of `named`, which is in the same order
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      if (!kept_[i]) continue;
      if (next < named.size() && named[next].id == numbered(i)) {
        DATELINE_DO(entity(i, named[next], assigned.people[next]));
        ++next;
      } else {
        DATELINE_DO(entity(i, told_of(i), std::nullopt));
      }
    }
    for (const Reason& reason : assigned.reasons)
      DATELINE_DO(database_.run(
          "INSERT INTO reason VALUES (?1, ?2, ?3, ?4, ?5)",
          {reason.entity, reason.person, std::int64_t{reason.joined}, reason.pro, reason.contra}));
    return {};
  }

  [[nodiscard]] std::int64_t numbered(std::size_t index) const {
    return row_id(article_, static_cast<std::int64_t>(index) + 1);
  }

  // What the article tells of an entity, but for its ties.
  [[nodiscard]] Named told_of(std::size_t index) const {
    const Entity& told = record_.entities.entities[index];
    Named entity;
    entity.id = numbered(index);
    entity.kind = std::string(name_of(told.kind));
    entity.name = unicode::sanitize(told.name, nullptr);
    entity.key = name_key(entity.name);
    entity.gender = gender_of(record_, told);
    if (const auto year = birth_year(record_, index)) entity.born = *year;
    if (record_.article.published) entity.published = iso8601(record_.article.published->day);
    entity.mentions = static_cast<std::int64_t>(told.mentions.size());
    for (const std::string& alias : told.aliases)
      add_alias(unicode::sanitize(alias, nullptr), entity);
    return entity;
  }

  // Those with a name, and what the article tells of them.
  [[nodiscard]] std::vector<Named> named_entities() const {
    std::vector<Named> out;
    std::map<std::size_t, std::size_t> place;  // of an entity in `out`
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      if (!named(static_cast<std::uint32_t>(i))) continue;
      Named entity = told_of(i);
      if (entity.key.empty()) continue;
      place[i] = out.size();
      out.push_back(std::move(entity));
    }
    for (const Relation& relation : record_.relations) add_tie(relation, place, out);
    return out;
  }

  // Trades and spouses, which tell namesakes apart.
  void add_tie(const Relation& relation, const std::map<std::size_t, std::size_t>& place,
               std::vector<Named>& entities) const {
    if (relation.polarity != Polarity::kPositive) return;
    const auto subject = place.find(relation.subject);
    if (relation.relation == "position" && relation.status != Status::kFormer) {
      if (subject != place.end() && !relation.value.empty())
        entities[subject->second].roles.push_back(
            to_lower(unicode::sanitize(relation.value, nullptr)));
    } else if (relation.relation == "spouse" && relation.status == Status::kCurrent &&
               relation.object) {
      const auto object = place.find(*relation.object);
      if (subject == place.end() || object == place.end()) return;
      Named &one = entities[subject->second], &other = entities[object->second];
      one.spouses.push_back(other.key);
      other.spouses.push_back(one.key);
    }
  }

  Result<void> entity(std::size_t index, const Named& told,
                      const std::optional<std::int64_t>& person) {
    DATELINE_DO(database_.run(
        "INSERT INTO entity(id, kind, name, named, mentions, gender, born, person) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        {told.id, told.kind, told.name, std::int64_t{person.has_value()}, told.mentions,
         text_or_null(told.gender), value_or_null(told.born), value_or_null(person)}));
    const Entity& entity = record_.entities.entities[index];
    for (const std::string& alias : entity.aliases) DATELINE_DO(other_name(index, "alias", alias));
    for (const std::string& words : entity.descriptions)
      DATELINE_DO(other_name(index, "description", words));
    return {};
  }

  Result<void> other_name(std::size_t entity, const char* form, const std::string& words) {
    DATELINE_DO(
        database_.run("INSERT OR IGNORE INTO name VALUES (?1, ?2, ?3)",
                      {id_of(entity), std::string(form), unicode::sanitize(words, nullptr)}));
    return {};
  }

  // NULL where `words` are those of the text in `span`: they need not be kept twice.
  [[nodiscard]] Value unless_text(std::string words, ByteSpan span) const {
    std::string valid = unicode::sanitize(words, nullptr);
    if (valid == unicode::sanitize(slice(text_, span), nullptr)) return {};
    return text_or_null(std::move(valid));
  }

  // NULL where the label is the interval's, "?" where it is the interval's with a question mark.
  [[nodiscard]] Value label_of(const Event& event) const {
    const std::string label = record::event_label(event.time, record_.times);
    const std::string plain = record::interval_label(event.time.interval.value_or(Interval{}));
    if (label == plain) return {};
    return label == plain + "?" ? Value(std::string("?")) : Value(label);
  }

  Result<void> quotes() {
    const auto& all = record_.attributions;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Attribution& item = all[i];
      if (item.content.empty() || !has_id(i)) continue;
      const ByteSpan span{item.content.front().begin, item.content.back().end};
      const ByteSpan sentence = sentence_of(item.cue.empty() ? span : item.cue.front());
      DATELINE_DO(database_.run(
          "INSERT INTO quote(id, form, content, cue, source, speaker, source_kind, parent, "
          "confidence, span_begin, span_end, sentence_begin, sentence_end) VALUES "
          "(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)",
          {id_of(i), std::string(name_of(item.form)),
           unless_text(slices(text_, item.content), span), text_or_null(slices(text_, item.cue)),
           text_or_null(slices(text_, item.source)), entity_row(item.speaker),
           std::string(name_of(item.source_kind)),
           item.parent ? Value(static_cast<std::int64_t>(*item.parent) + 1) : Value(),
           item.confidence, at(span.begin), at(span.end), at(sentence.begin), at(sentence.end)}));
      DATELINE_DO(about(i, item));
    }
    return {};
  }

  // Whom a quotation speaks of: whoever is mentioned inside its content.
  Result<void> about(std::size_t quote, const Attribution& item) {
    for (const Mention& mention : record_.entities.mentions) {
      if (item.speaker && mention.entity == *item.speaker) continue;
      for (const ByteSpan content : item.content)
        if (content.contains(mention.span) && named(mention.entity))
          DATELINE_DO(database_.run("INSERT OR IGNORE INTO about VALUES (?1, ?2)",
                                    {id_of(mention.entity), id_of(quote)}));
    }
    return {};
  }

  // Words and salience of an event: of its line on the article's own timeline, else of its clause.
  Result<void> events() {
    std::map<std::uint32_t, const Line*> lines;
    for (const Line& line : record_.timeline) lines[line.event] = &line;
    for (std::size_t i = 0; i < record_.events.size() && has_id(i); ++i) {
      const auto line = lines.find(static_cast<std::uint32_t>(i));
      const Line* told = line == lines.end() ? nullptr : line->second;
      if (told == nullptr && !worth_keeping(record_.events[i])) continue;
      DATELINE_DO(event(i, record_.events[i], told));
      DATELINE_DO(doers(i, record_.events[i]));
    }
    return {};
  }

  // Without a named doer, or with neither a class nor a date, it can be no line over articles; the
  // record keeps it.
  [[nodiscard]] bool worth_keeping(const Event& event) const {
    return (!event.event_class.empty() || event.time.interval) &&
           std::any_of(event.participants.begin(), event.participants.end(),
                       [&](const Participant& participant) { return named(participant.entity); });
  }

  Result<void> event(std::size_t index, const Event& event, const Line* line) {
    const ByteSpan sentence = sentence_of(event.span);
    const Interval interval = event.time.interval.value_or(Interval{});
    DATELINE_DO(database_.run(
        "INSERT INTO event(id, lemma, class, text, begin, end, grain, label, polarity, certainty, "
        "quote, salient, span_begin, span_end, clause_begin, clause_end, sentence_begin, "
        "sentence_end, paragraph) VALUES "
        "(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19)",
        {id_of(index),
         event.event_class.empty() ? Value(unicode::sanitize(event.lemma, nullptr)) : Value(),
         text_or_null(event.event_class),
         line != nullptr ? unless_text(line->text, event.clause) : Value(),
         time_or_null(interval.begin), time_or_null(interval.end),
         line != nullptr ? text_or_null(line->grain) : Value(), label_of(event),
         std::string(name_of(event.polarity)), std::string(name_of(event.certainty)),
         id_of(event.attribution), std::int64_t{line != nullptr}, at(event.span.begin),
         at(event.span.end), at(event.clause.begin), at(event.clause.end), at(sentence.begin),
         at(sentence.end), paragraph_of(event.span)}));
    return {};
  }

  Result<void> doers(std::size_t index, const Event& event) {
    for (const Participant& participant : event.participants)
      if (named(participant.entity))
        DATELINE_DO(database_.run("INSERT OR IGNORE INTO doer VALUES (?1, ?2, ?3)",
                                  {id_of(index), std::int64_t{*participant.entity} + 1,
                                   std::string(name_of(participant.role))}));
    return {};
  }

  Result<void> relations() {
    for (std::size_t i = 0; i < record_.relations.size() && has_id(i); ++i) {
      const Relation& item = record_.relations[i];
      if (item.subject >= kept_.size()) continue;
      const ByteSpan sentence = sentence_of(item.evidence);
      DATELINE_DO(database_.run(
          "INSERT INTO relation(id, relation, subject, object, value, status, begin, end, "
          "polarity, certainty, quote, confidence, span_begin, span_end, sentence_begin, "
          "sentence_end, paragraph) VALUES "
          "(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17)",
          {id_of(i), item.relation, entity_row(item.subject), entity_row(item.object),
           text_or_null(item.object ? std::string() : unicode::sanitize(item.value, nullptr)),
           std::string(name_of(item.status)), time_or_null(item.interval.begin),
           time_or_null(item.interval.end), std::string(name_of(item.polarity)),
           std::string(name_of(item.certainty)), id_of(item.attribution), item.confidence,
           at(item.evidence.begin), at(item.evidence.end), at(sentence.begin), at(sentence.end),
           paragraph_of(item.evidence)}));
    }
    return {};
  }

  Database& database_;
  std::int64_t article_;
  const Record& record_;
  std::string_view text_;
  unicode::OffsetMap offsets_;
  std::vector<bool> kept_;  // entities with a row, by their index
};

}  // namespace

Value time_or_null(const std::optional<TimePoint>& point) {
  return point ? Value(iso8601(*point)) : Value();
}

Blob content_hash(const Article& article) {
  std::string all = article.text;
  for (const std::string& part : {article.title, article.uri, article.publisher,
                                  article.published ? iso8601(*article.published) : std::string()})
    (all += '\0') += part;
  return Blob{sha256(all).substr(0, 16)};
}

Prepared prepare(const Record& record) {
  Prepared prepared;
  prepared.record = &record;
  prepared.content = content_hash(record.article).bytes;
  prepared.text = unicode::sanitize(record.article.text, nullptr);
  prepared.packed = pack(record::write_json(record, {.text = false}), prepared.text);
  prepared.fingerprint = record.article.fingerprint != 0 ? record.article.fingerprint
                                                         : article::fingerprint(prepared.text);
  return prepared;
}

Result<std::int64_t> insert_article(Database& database, const Prepared& prepared,
                                    const std::string& reader) {
  const Article& article = prepared.record->article;
  const auto valid = [](const std::string& text) { return unicode::sanitize(text, nullptr); };
  DATELINE_TRY(
      const std::int64_t id,
      database.run(
          "INSERT INTO article(article_id, content, uri, title, publisher, authors, language, "
          "published, published_basis, modified, correction, reader, text) "
          "VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)",
          {valid(article.id), Blob{prepared.content}, text_or_null(valid(article.uri)),
           text_or_null(valid(article.title)), text_or_null(valid(article.publisher)),
           Json(article.authors).dump(-1, ' ', false, Json::error_handler_t::replace),
           text_or_null(valid(article.language)), time_or_null(article.published),
           std::string(name_of(article.published_basis)), time_or_null(article.modified),
           text_or_null(valid(correction_of(*prepared.record))), reader, prepared.text}));
  DATELINE_DO(database.run("INSERT INTO record VALUES (?1, ?2)", {id, Blob{prepared.packed}}));
  DATELINE_DO(database.run("INSERT INTO fingerprint VALUES (?1, ?2)",
                           {id, static_cast<std::int64_t>(prepared.fingerprint)}));
  return id;
}

Result<void> index_text(Database& database, std::int64_t id, const Prepared& prepared) {
  DATELINE_DO(database.run(
      "INSERT INTO search(rowid, title, text) VALUES (?1, ?2, ?3)",
      {id, unicode::sanitize(prepared.record->article.title, nullptr), prepared.text}));
  return {};
}

Result<void> update_article(Database& database, std::int64_t id, const Prepared& prepared,
                            const std::string& reader) {
  DATELINE_DO(database.run(
      "UPDATE article SET reader = ?2, correction = ?3 WHERE id = ?1",
      {id, reader, text_or_null(unicode::sanitize(correction_of(*prepared.record), nullptr))}));
  DATELINE_DO(database.run("UPDATE record SET packed = ?2 WHERE article = ?1",
                           {id, Blob{prepared.packed}}));
  return {};
}

Result<void> insert_findings(Database& database, std::int64_t id, const Record& record) {
  return Findings(database, id, record).write();
}

Result<void> delete_findings(Database& database, std::int64_t id) {
  for (const char* table :
       {"about WHERE entity", "doer WHERE event", "name WHERE entity", "reason WHERE entity",
        "relation WHERE id", "event WHERE id", "quote WHERE id", "entity WHERE id"})
    DATELINE_DO(database.run(fmt::format("DELETE FROM {} BETWEEN ?1 AND ?2", table),
                             {row_id(id, 0), row_id(id, kPerArticle - 1)}));
  return {};
}

}  // namespace dateline::store
