#include "dateline/store/write_article.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "dateline/article/fingerprint.h"
#include "dateline/base/ascii.h"
#include "dateline/base/sha256.h"
#include "dateline/base/tsv.h"
#include "dateline/record/date_label.h"
#include "dateline/record/write_json.h"
#include "dateline/store/duplicates.h"
#include "dateline/store/names.h"
#include "dateline/store/pack.h"
#include "dateline/unicode/utf8.h"

namespace dateline::data {
extern const std::string_view store_correction_marks;
}

namespace dateline::store {
namespace {

using Json = nlohmann::ordered_json;

std::string packed_record(const Record& record) {
  Json json = Json::parse(record::write_json(record));
  json.erase("text");
  return pack(json.dump());
}

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

  Value number_of(std::optional<std::uint32_t> index) const {
    return index ? Value(static_cast<std::int64_t>(*index) + 1) : Value();
  }
  Value entity_row(std::optional<std::uint32_t> index) const {
    return index && *index < rows_.size() ? Value(rows_[*index]) : Value();
  }

  Result<void> entities() {
    for (std::size_t i = 0; i < record_.entities.entities.size(); ++i) {
      const Entity& entity = record_.entities.entities[i];
      const std::string name = unicode::sanitize(entity.name, nullptr), key = name_key(name);
      DATELINE_TRY(
          const std::int64_t id,
          database_.run(
              "INSERT INTO entity(article, number, kind, name, key, named, mentions, "
              "gender, born) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
              {article_, static_cast<std::int64_t>(i) + 1, std::string(name_of(entity.kind)), name,
               key, std::int64_t{entity.named && !key.empty()},
               static_cast<std::int64_t>(entity.mentions.size()),
               text_or_null(gender_of(record_, entity)), value_or_null(birth_year(record_, i))}));
      rows_.push_back(id);
      for (const std::string& alias : entity.aliases) DATELINE_DO(other_name(id, "alias", alias));
      for (const std::string& words : entity.descriptions)
        DATELINE_DO(other_name(id, "description", words));
    }
    return {};
  }

  Result<void> other_name(std::int64_t entity, const char* form, const std::string& words) {
    const std::string valid = unicode::sanitize(words, nullptr);
    DATELINE_DO(database_.run("INSERT INTO name VALUES (?1, ?2, ?3, ?4)",
                              {entity, std::string(form), valid, name_key(valid)}));
    return {};
  }

  Result<void> quotes() {
    const auto& all = record_.attributions;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Attribution& item = all[i];
      if (item.content.empty()) continue;
      const ByteSpan span{item.content.front().begin, item.content.back().end};
      const ByteSpan sentence = sentence_of(item.cue.empty() ? span : item.cue.front());
      DATELINE_TRY(
          const std::int64_t id,
          database_.run(
              "INSERT INTO quote(article, number, form, content, cue, source, speaker, "
              "source_kind, parent, confidence, span_begin, span_end, sentence_begin, "
              "sentence_end) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)",
              {article_, static_cast<std::int64_t>(i) + 1, std::string(name_of(item.form)),
               slices(text_, item.content), text_or_null(slices(text_, item.cue)),
               text_or_null(slices(text_, item.source)), entity_row(item.speaker),
               std::string(name_of(item.source_kind)), number_of(item.parent), item.confidence,
               at(span.begin), at(span.end), at(sentence.begin), at(sentence.end)}));
      DATELINE_DO(about(id, item));
    }
    return {};
  }

  // Whom a quotation speaks of: whoever is mentioned inside its content.
  Result<void> about(std::int64_t quote, const Attribution& item) {
    for (const Mention& mention : record_.entities.mentions) {
      if (item.speaker && mention.entity == *item.speaker) continue;
      for (const ByteSpan content : item.content)
        if (content.contains(mention.span) && mention.entity < rows_.size())
          DATELINE_DO(database_.run("INSERT OR IGNORE INTO about VALUES (?1, ?2)",
                                    {rows_[mention.entity], quote}));
    }
    return {};
  }

  // Words and salience of an event: of its line on the article's own timeline, else of its clause.
  Result<void> events() {
    std::map<std::uint32_t, const Line*> lines;
    for (const Line& line : record_.timeline) lines[line.event] = &line;
    for (std::size_t i = 0; i < record_.events.size(); ++i) {
      const auto line = lines.find(static_cast<std::uint32_t>(i));
      const Line* told = line == lines.end() ? nullptr : line->second;
      if (told != nullptr || worth_keeping(record_.events[i]))
        DATELINE_DO(event(i, record_.events[i], told));
    }
    return {};
  }

  // Without a named doer or a class it can be no line over articles; the record keeps it.
  [[nodiscard]] bool worth_keeping(const Event& event) const {
    return std::any_of(
        event.participants.begin(), event.participants.end(), [&](const Participant& participant) {
          return participant.entity && *participant.entity < record_.entities.entities.size() &&
                 record_.entities.entities[*participant.entity].named;
        });
  }

  Result<void> event(std::size_t index, const Event& event, const Line* line) {
    const ByteSpan sentence = sentence_of(event.span);
    const Interval interval = event.time.interval.value_or(Interval{});
    const std::string words =
        line != nullptr ? line->text : std::string(slice(text_, event.clause));
    DATELINE_TRY(
        const std::int64_t id,
        database_.run(
            "INSERT INTO event(article, number, lemma, class, text, begin, end, grain, label, "
            "basis, polarity, certainty, tense, quote, salient, span_begin, span_end, "
            "sentence_begin, sentence_end, paragraph) VALUES "
            "(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20)",
            {article_,
             static_cast<std::int64_t>(index) + 1,
             unicode::sanitize(event.lemma, nullptr),
             text_or_null(event.event_class),
             unicode::sanitize(words, nullptr),
             time_or_null(interval.begin),
             time_or_null(interval.end),
             line != nullptr ? text_or_null(line->grain) : Value(),
             record::event_label(event.time, record_.times),
             text_or_null(std::string(name_of(event.time.basis))),
             std::string(name_of(event.polarity)),
             std::string(name_of(event.certainty)),
             std::string(name_of(event.tense)),
             number_of(event.attribution),
             std::int64_t{line != nullptr},
             at(event.span.begin),
             at(event.span.end),
             at(sentence.begin),
             at(sentence.end),
             paragraph_of(event.span)}));
    for (const Participant& participant : event.participants)
      if (participant.entity && *participant.entity < rows_.size())
        DATELINE_DO(database_.run(
            "INSERT OR IGNORE INTO doer VALUES (?1, ?2, ?3)",
            {rows_[*participant.entity], id, std::string(name_of(participant.role))}));
    return {};
  }

  Result<void> relations() {
    for (const Relation& item : record_.relations) {
      if (item.subject >= rows_.size()) continue;
      const ByteSpan sentence = sentence_of(item.evidence);
      DATELINE_DO(database_.run(
          "INSERT INTO relation(article, relation, subject, object, value, status, begin, end, "
          "polarity, certainty, quote, confidence, span_begin, span_end, sentence_begin, "
          "sentence_end, paragraph) VALUES "
          "(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17)",
          {article_, item.relation, rows_[item.subject], entity_row(item.object),
           text_or_null(item.object ? std::string() : unicode::sanitize(item.value, nullptr)),
           std::string(name_of(item.status)), time_or_null(item.interval.begin),
           time_or_null(item.interval.end), std::string(name_of(item.polarity)),
           std::string(name_of(item.certainty)), number_of(item.attribution), item.confidence,
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
  std::vector<std::int64_t> rows_;  // of entities, by their index
};

}  // namespace

Value time_or_null(const std::optional<TimePoint>& point) {
  return point ? Value(iso8601(*point)) : Value();
}

std::string content_hash(const Article& article) {
  std::string all = article.text;
  for (const std::string& part : {article.title, article.uri, article.publisher,
                                  article.published ? iso8601(*article.published) : std::string()})
    (all += '\0') += part;
  return sha256_hex(all);
}

Result<std::int64_t> insert_article(Database& database, const Record& record,
                                    const std::string& reader) {
  const Article& article = record.article;
  const auto valid = [](const std::string& text) { return unicode::sanitize(text, nullptr); };
  const std::string text = valid(article.text);
  const std::uint64_t fingerprint =
      article.fingerprint != 0 ? article.fingerprint : article::fingerprint(text);
  DATELINE_TRY(
      const std::int64_t id,
      database.run(
          "INSERT INTO article(article_id, content, uri, title, publisher, authors, language, "
          "published, published_basis, modified, fingerprint, correction, reader, text, record) "
          "VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)",
          {valid(article.id), content_hash(article), text_or_null(valid(article.uri)),
           text_or_null(valid(article.title)), text_or_null(valid(article.publisher)),
           Json(article.authors).dump(-1, ' ', false, Json::error_handler_t::replace),
           text_or_null(valid(article.language)), time_or_null(article.published),
           std::string(name_of(article.published_basis)), time_or_null(article.modified),
           static_cast<std::int64_t>(fingerprint), text_or_null(valid(correction_of(record))),
           reader, text, Blob{packed_record(record)}}));
  if (fingerprint != 0)
    for (const std::int64_t band : bands_of(fingerprint))
      DATELINE_DO(database.run("INSERT INTO band VALUES (?1, ?2)", {band, id}));
  DATELINE_DO(database.run("INSERT INTO search(rowid, title, text) VALUES (?1, ?2, ?3)",
                           {id, valid(article.title), text}));
  return id;
}

Result<void> update_article(Database& database, std::int64_t id, const Record& record,
                            const std::string& reader) {
  DATELINE_DO(
      database.run("UPDATE article SET reader = ?2, record = ?3, correction = ?4 WHERE id = ?1",
                   {id, reader, Blob{packed_record(record)},
                    text_or_null(unicode::sanitize(correction_of(record), nullptr))}));
  return {};
}

Result<void> insert_findings(Database& database, std::int64_t id, const Record& record) {
  return Findings(database, id, record).write();
}

Result<void> delete_findings(Database& database, std::int64_t id) {
  for (const char* sql :
       {"DELETE FROM about WHERE quote IN (SELECT id FROM quote WHERE article = ?1)",
        "DELETE FROM doer WHERE event IN (SELECT id FROM event WHERE article = ?1)",
        "DELETE FROM name WHERE entity IN (SELECT id FROM entity WHERE article = ?1)",
        "DELETE FROM reason WHERE entity IN (SELECT id FROM entity WHERE article = ?1)",
        "DELETE FROM relation WHERE article = ?1", "DELETE FROM event WHERE article = ?1",
        "DELETE FROM quote WHERE article = ?1", "DELETE FROM entity WHERE article = ?1"})
    DATELINE_DO(database.run(sql, {id}));
  return {};
}

}  // namespace dateline::store
