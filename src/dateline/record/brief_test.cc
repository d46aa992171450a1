#include "dateline/record/brief.h"

#include <gtest/gtest.h>

#include "dateline/record/date_label.h"

namespace dateline::record {
namespace {

ByteSpan find(std::string_view text, std::string_view words) {
  const auto at = static_cast<std::uint32_t>(text.find(words));
  return {at, at + static_cast<std::uint32_t>(words.size())};
}

TimePoint day(int year, int month, int number) { return {*make_day(year, month, number)}; }

Record example() {
  Record record;
  Article& article = record.article;
  article.title = "Ada Brandt and Tom Okafor part";
  article.publisher = "The Quay";
  article.published = day(2021, 12, 1);
  article.published_basis = DateBasis::kGiven;
  article.text =
      "Ada Brandt filed to divorce Tom Okafor in late February.\n\n"
      "“I never wanted this,” Okafor said. Friends say he moved to Oslo.";
  const std::string_view text = article.text;
  record.times.push_back({find(text, "late February"),
                          TimeType::kDate,
                          "2021-02",
                          "END",
                          "",
                          "",
                          Interval{day(2021, 2, 20), day(2021, 3, 1)},
                          TimeExpression::kPublished,
                          {},
                          ""});
  record.entities.entities = {
      {EntityKind::kPerson, "Ada Brandt", {}, {"the singer"}, {0}, {}, true},
      {EntityKind::kPerson, "Tom Okafor", {"Okafor"}, {}, {1, 2}, {}, true}};
  record.attributions.push_back({AttributionForm::kDirect,
                                 {find(text, "I never wanted this,")},
                                 {find(text, "said")},
                                 {find(text, "Okafor said")},
                                 1,
                                 SourceKind::kNamed,
                                 {},
                                 0.9});
  record.attributions.push_back({AttributionForm::kIndirect,
                                 {find(text, "he moved to Oslo")},
                                 {find(text, "say")},
                                 {find(text, "Friends")},
                                 {},
                                 SourceKind::kUnnamed,
                                 {},
                                 0.9});
  record.events.resize(2);
  record.events[0].span = find(text, "filed");
  record.events[0].time = {0, record.times[0].interval, TimeBasis::kExpression};
  record.events[1].span = find(text, "moved");
  record.events[1].certainty = Certainty::kPossible;
  record.timeline.push_back({0,
                             record.times[0].interval,
                             "month",
                             "Ada Brandt filed to divorce Tom Okafor",
                             {0, 1},
                             {},
                             1});
  record.timeline.push_back({1, {}, "", "Tom Okafor moved to Oslo", {1}, 1, 0.6});
  Relation tie;
  tie.relation = "spouse";
  tie.object = 1;
  tie.status = Status::kDivorcing;
  record.relations.push_back(tie);
  return record;
}

TEST(Brief, PageOfAnArticle) {
  EXPECT_EQ(write_brief(example()),
            "Ada Brandt and Tom Okafor part\n"
            "1 Dec 2021 (date: given), The Quay\n"
            "\n"
            "Timeline\n"
            "  late Feb 2021     Ada Brandt filed to divorce Tom Okafor [1]\n"
            "  no date           Tom Okafor moved to Oslo (uncertain; according to Friends)\n"
            "                    [2]\n"
            "\n"
            "People\n"
            "  Tom Okafor: divorcing from Ada Brandt\n"
            "  Ada Brandt (the singer): divorcing from Tom Okafor\n"
            "\n"
            "Quotations\n"
            "  Tom Okafor: I never wanted this, [2]\n");
}

// A page of which only the part after `section` matters.
std::string section_of(const Record& record, std::string_view section) {
  const std::string page = write_brief(record);
  const std::size_t at = page.find(section);
  const std::size_t end = page.find("\n\n", at);
  return at == std::string::npos ? "" : page.substr(at, end - at);
}

TEST(Brief, DeniesOnce) {
  Record record = example();
  record.events[0].polarity = Polarity::kNegative;
  record.timeline[0].text = "Ada Brandt is not divorcing Tom Okafor";
  EXPECT_EQ(section_of(record, "Timeline").find("not so"), std::string::npos);
  record.timeline[0].text = "Ada Brandt to divorce Tom Okafor";
  EXPECT_NE(section_of(record, "Timeline").find("not so"), std::string::npos);
}

TEST(Brief, SaysATieOnceAndNothingOfTiesToNobodyInParticular) {
  Record record = example();
  record.relations[0].status = Status::kCurrent;
  Relation told = record.relations[0];
  told.attribution = 1;
  record.relations.push_back(told);
  record.entities.entities.push_back({EntityKind::kPerson, "her husband", {}, {}, {}, {}, false});
  Relation empty = record.relations[0];
  empty.object = 2;
  record.relations.push_back(empty);
  EXPECT_EQ(section_of(record, "People"),
            "People\n  Tom Okafor: married to Ada Brandt\n"
            "  Ada Brandt (the singer): married to Tom Okafor");
}

TEST(Brief, CallsAnUnnamedOneByWhoseItIs) {
  Record record = example();
  std::string& text = record.article.text;
  text += " My father told me.";
  record.entities.entities.push_back({EntityKind::kPerson, "My father", {}, {}, {1}, {}, false});
  const ByteSpan father = find(text, "My father"), my = find(text, "My");
  record.entities.mentions = {{my, {}, 0, MentionForm::kPronoun, 1},
                              {father, {}, 0, MentionForm::kNominal, 2}};
  record.attributions[0].speaker = 2;
  EXPECT_EQ(section_of(record, "Quotations"),
            "Quotations\n  Tom Okafor’s father: I never wanted this, [2]\n");
}

TEST(Brief, KeepsToItsWidth) {
  for (const std::size_t width : {40U, 60U, 80U}) {
    const std::string page = write_brief(example(), {.width = width});
    std::size_t used = 0;
    for (const char c : page) {
      used = c == '\n' ? 0 : used + ((static_cast<unsigned char>(c) & 0xC0) != 0x80);
      EXPECT_LE(used, width) << page;
    }
  }
}

TEST(Brief, EmptyRecord) { EXPECT_EQ(write_brief(Record{}), "(no title)\nno date\n"); }

TEST(DateLabel, AsSureAsTheText) {
  struct Row {
    const char *value, *mod, *label;
  };
  for (const Row& row : {Row{"2021-02", "END", "late Feb 2021"}, Row{"2021-SP", "", "spring 2021"},
                         Row{"2021-SP", "START", "early spring 2021"}, Row{"2021", "", "2021"},
                         Row{"2020-H2", "", "second half of 2020"}, Row{"201", "", "2010s"},
                         Row{"2021-W07", "", "week of 15 Feb 2021"}, Row{"2021-Q3", "", "Q3 2021"},
                         Row{"2021-12-03T14:30", "", "3 Dec 2021"}, Row{"2021-02-30", "", ""},
                         Row{"PAST_REF", "", ""}, Row{"", "", ""}, Row{"XXXX-12-03", "", ""}})
    EXPECT_EQ(value_label(row.value, row.mod), row.label) << row.value;
  EXPECT_EQ(interval_label({day(2021, 12, 3), day(2021, 12, 10)}), "3–9 Dec 2021");
  EXPECT_EQ(interval_label({day(2021, 12, 1), day(2022, 1, 1)}), "Dec 2021");
  EXPECT_EQ(interval_label({{}, day(2021, 12, 1)}), "before 1 Dec 2021");
  EXPECT_EQ(event_label({{}, Interval{day(2021, 1, 1), day(2022, 1, 1)}, TimeBasis::kContext}, {}),
            "2021?");
  TimeExpression june;
  june.value = "2021-06";
  june.interval = Interval{day(2021, 6, 1), day(2021, 7, 1)};
  const TimePoint published = day(2021, 5, 1), begin = day(2021, 6, 1), end = day(2021, 7, 1);
  EXPECT_EQ(event_label({0, june.interval, TimeBasis::kExpression}, {&june, 1}), "Jun 2021");
  EXPECT_EQ(event_label({0, Interval{published, end}, TimeBasis::kExpression}, {&june, 1}),
            "by Jun 2021");
  EXPECT_EQ(event_label({0, Interval{{}, begin}, TimeBasis::kExpression}, {&june, 1}),
            "before Jun 2021");
}

}  // namespace
}  // namespace dateline::record
