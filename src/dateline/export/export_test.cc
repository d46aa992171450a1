// The writers on rows made by hand: each promise of their headers, a row a case.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dateline/export/annotations.h"
#include "dateline/export/csv.h"
#include "dateline/export/ftm.h"
#include "dateline/export/partial_date.h"
#include "dateline/export/stable_id.h"
#include "dateline/export/tables.h"
#include "dateline/export/timelinejs.h"

namespace dateline::exporting {
namespace {

Json interval(const char* begin, const char* end) {
  const auto side = [](const char* text) { return *text == 0 ? Json() : Json(text); };
  return Json::array({side(begin), side(end)});
}

std::string range_words(const char* begin, const char* end) {
  const DateRange range = date_range(interval(begin, end));
  return (range.first ? iso8601(*range.first) : "") + ".." +
         (range.last ? iso8601(*range.last) : "");
}

TEST(DateRange, IsAsSureAsTheInterval) {
  struct Case {
    const char *name, *begin, *end, *said;
  };
  for (const Case& row : std::vector<Case>{
           {"a day", "2021-02-20", "2021-02-21", "2021-02-20..2021-02-20"},
           {"days", "2021-02-20", "2021-03-01", "2021-02-20..2021-02-28"},
           {"a month", "2021-02-01", "2021-03-01", "2021-02..2021-02"},
           {"a season over New Year", "2021-12-01", "2022-03-01", "2021-12..2022-02"},
           {"a year", "2021-01-01", "2022-01-01", "2021..2021"},
           {"a decade", "1990-01-01", "2000-01-01", "1990..1999"},
           {"to the first of a year", "2021-11-01", "2022-01-01", "2021-11..2021-12"},
           {"a minute", "2021-02-20T14:30", "2021-02-20T14:31",
            "2021-02-20T14:30:00..2021-02-20T14:30:00"},
           {"to midnight", "2021-02-20T18:00", "2021-02-21T00:00",
            "2021-02-20T18:00:00..2021-02-20T23:59:00"},
           {"a minute to a day", "2021-02-20T18:00", "2021-02-22", "2021-02-20..2021-02-21"},
           {"a day to a minute", "2021-02-20", "2021-02-22T18:00", "2021-02-20..2021-02-22"},
           {"since", "2021-02-20", "", "2021-02-20.."},
           {"since a month", "2021-02-01", "", "2021-02.."},
           {"since a year", "2021-01-01", "", "2021.."},
           {"before", "", "2021-03-02", "..2021-03-01"},
           {"before a month", "", "2021-03-01", "..2021-02"},
           {"before a year", "", "2021-01-01", "..2020"},
           {"never", "", "", ".."},
           {"turned round", "2021-05-01", "2021-03-01", "2021-05..2021-05"},
           {"no date", "soon", "later", ".."}})
    EXPECT_EQ(range_words(row.begin, row.end), row.said) << row.name;
  EXPECT_FALSE(date_range(Json()).first);
}

TEST(Csv, NoCellBreaksItsLineOrIsAFormula) {
  EXPECT_EQ(csv_line(std::vector<std::string>{"a", "", "b c"}), "a,,b c\r\n");
  EXPECT_EQ(csv_line(std::vector<std::string>{"a,b", "say \"x\"", "1\n2"}),
            "\"a,b\",\"say \"\"x\"\"\",\"1\n2\"\r\n");
  EXPECT_EQ(csv_line(std::vector<std::string>{"=1+1", "@x", "-", "+2", "a=1", "=\"x\""}),
            "'=1+1,'@x,'-,'+2,a=1,\"'=\"\"x\"\"\"\r\n");
}

TEST(StableId, TellsItsPartsApart) {
  EXPECT_EQ(stable_id({"ab", "c"}), stable_id({"ab", "c"}));
  EXPECT_NE(stable_id({"ab", "c"}), stable_id({"a", "bc"}));
  EXPECT_EQ(stable_id({}).size(), 40U);
}

Json teller(const char* uri) {
  return {{"article", 4},
          {"article_id", "x"},
          {"title", "R&D <b>"},
          {"publisher", "Post"},
          {"uri", uri},
          {"published", "2021-12-01"},
          {"span", {2, 6}},
          {"sentence", "Ann \"left\" Bo."},
          {"sentence_span", {0, 15}},
          {"paragraph", 1},
          {"polarity", "positive"},
          {"certainty", "certain"},
          {"attributed", nullptr},
          {"superseded", false}};
}

Json line(const Json& when) {
  return {{"id", "E7"},
          {"interval", when},
          {"grain", "month"},
          {"label", "Feb 2021"},
          {"text", "Ann <left> Bo"},
          {"class", "divorce"},
          {"polarity", "positive"},
          {"certainty", "certain"},
          {"attributed", nullptr},
          {"people",
           {{{"id", "P1"}, {"name", "Ann Bell"}, {"kind", "PERSON"}},
            {{"id", "P2"}, {"name", "Oslo"}, {"kind", "PLACE"}}}},
          {"publishers", 1},
          {"retracted", false},
          {"tellers", Json::array({teller("https://post.example/1?a=1&b=2")})}};
}

TEST(TimelineJs, WritesOneEvent) {
  const Piece piece = write_timelinejs(line(interval("2021-02-01", "2021-03-01")));
  EXPECT_EQ(
      piece.text,
      R"({"unique_id":"E7","start_date":{"year":2021,"month":2},"display_date":"Feb 2021",)"
      R"("text":{"headline":"Ann &lt;left&gt; Bo","text":"<p>“Ann &quot;left&quot; Bo.”<br>)"
      R"(<a href=\"https://post.example/1?a=1&amp;b=2\" target=\"_blank\">Post, 2021-12-01 [4:1]: )"
      R"(R&amp;D &lt;b&gt;</a></p>"}})");
}

TEST(TimelineJs, LeavesOutWhatHasNoDateAndPutsTheRestSomewhere) {
  EXPECT_EQ(write_timelinejs(line(interval("", ""))).left_out, "undated lines");
  const auto start = [](const Json& when) {
    return Json::parse(write_timelinejs(line(when)).text)["start_date"].dump();
  };
  EXPECT_EQ(start(interval("2021-02-03", "")), R"({"year":2021,"month":2,"day":3})");
  EXPECT_EQ(start(interval("", "2021-03-01")), R"({"year":2021,"month":2})");
}

TEST(TimelineJs, TellsWhatStandsBetweenALineAndAFact) {
  Json row = line(interval("2021", "2022"));
  row["interval"] = interval("2021-01-01", "2022-01-01");
  row["certainty"] = "possible";
  row["polarity"] = "negative";
  row["retracted"] = true;
  row["attributed"] = {{"speaker", nullptr}, {"person", nullptr}, {"kind", "unnamed"}};
  row["tellers"][0]["uri"] = "javascript:alert(1)";
  const Json event = Json::parse(write_timelinejs(row).text);
  EXPECT_EQ(event["text"]["headline"],
            "Ann &lt;left&gt; Bo (possible) (denied) (retracted) (according to an unnamed source)");
  EXPECT_EQ(event["text"]["text"].get<std::string>().find("href"), std::string::npos);
}

Json tie_of(const char* relation, const Json& object) {
  return {{"relation", relation},
          {"subject", {{"id", "P1"}, {"name", "Ann Bell"}, {"kind", "PERSON"}}},
          {"object", object},
          {"value", nullptr},
          {"status", "former"},
          {"interval", interval("2019-01-01", "2021-03-01")},
          {"polarity", "positive"},
          {"certainty", "probable"},
          {"attributed", {{"speaker", "Bo Chen"}, {"person", "P3"}, {"kind", "named"}}},
          {"current", false},
          {"evidence", Json::array({teller("ftp://post.example/1")})}};
}

Json object(const char* kind) { return {{"id", "P9"}, {"name", "X"}, {"kind", kind}}; }

TEST(Ftm, WritesATieWithItsEvidence) {
  const FollowTheMoney ftm("s");
  const Json entity = Json::parse(ftm.tie(tie_of("spouse", object("PERSON"))).text);
  const Json& properties = entity["properties"];
  EXPECT_EQ(entity["schema"], "Family");
  EXPECT_EQ(properties["relationship"][0], "spouse (former)");
  EXPECT_EQ(properties["startDate"][0], "2019-01");
  EXPECT_EQ(properties["endDate"][0], "2021-02");
  EXPECT_EQ(properties["summary"][0], "probable; according to Bo Chen");
  EXPECT_EQ(properties["description"][0], "Ann \"left\" Bo.");
  EXPECT_EQ(properties["proof"].size(), 1U);
  EXPECT_FALSE(properties.contains("sourceUrl"));  // no address of the web
}

TEST(Ftm, ATieIsOfTheSchemaThatItsEndsAllow) {
  struct Case {
    const char *relation, *kind, *schema, *role;
  };
  const FollowTheMoney ftm("s");
  for (const Case& row :
       std::vector<Case>{{"employer_or_member", "ORG", "Membership", "employee or member"},
                         {"employer_or_member", "PLACE", "UnknownLink", "employer or member"},
                         {"residence", "PLACE", "UnknownLink", "residence"}}) {
    const Json entity = Json::parse(ftm.tie(tie_of(row.relation, object(row.kind))).text);
    EXPECT_EQ(entity["schema"], row.schema) << row.relation << ' ' << row.kind;
    EXPECT_EQ(entity["properties"]["role"][0], row.role);
    EXPECT_EQ(entity["properties"]["status"][0], "former");
  }
}

TEST(Ftm, LeavesOutWhatItHasNoPlaceFor) {
  const FollowTheMoney ftm("s");
  Json denied = tie_of("spouse", object("PERSON"));
  denied["polarity"] = "negative";
  EXPECT_EQ(ftm.tie(denied).left_out, "denied ties");
  Json nameless = object("PERSON");
  nameless["id"] = nullptr;
  EXPECT_EQ(ftm.tie(tie_of("spouse", nameless)).left_out, "ties to somebody without a name");
  EXPECT_EQ(ftm.tie(tie_of("associate", object("WORK"))).left_out,
            "ties to things of a kind without a schema");
  Json retracted = line(interval("", ""));
  retracted["retracted"] = true;
  EXPECT_EQ(ftm.event(retracted).left_out, "retracted lines");
  Json no = line(interval("", ""));
  no["polarity"] = "negative";
  EXPECT_EQ(ftm.event(no).left_out, "denied lines");
}

TEST(Ftm, AnEventHasItsPartiesAndDate) {
  const FollowTheMoney ftm("s");
  Json row = line(interval("2021-02-01", "2021-03-01"));
  Json properties = Json::parse(ftm.event(row).text)["properties"];
  EXPECT_EQ(properties["date"], Json::array({"2021-02"}));
  EXPECT_EQ(properties["involved"].size(), 1U);  // a place takes no part
  EXPECT_FALSE(properties.contains("summary"));
  row["interval"] = interval("2021-02-01", "2021-05-01");
  row["label"] = "spring 2021?";
  properties = Json::parse(ftm.event(row).text)["properties"];
  EXPECT_EQ(
      properties["startDate"][0].get<std::string>() + properties["endDate"][0].get<std::string>(),
      "2021-022021-04");
  EXPECT_EQ(properties["summary"][0], "the date is not sure: spring 2021?");
}

TEST(Ftm, OnlyPlainFactsBecomePropertiesOfAPerson) {
  const FollowTheMoney ftm("s");
  const Json person = {{"id", "P1"},
                       {"name", "Ann Bell"},
                       {"kind", "PERSON"},
                       {"aliases", {"Bell", "Annie Bell"}},
                       {"descriptions", Json::array()}};
  Json fact = tie_of("position", Json());
  fact["value"] = "mayor";
  fact["status"] = "current";
  fact["certainty"] = "certain";
  fact["attributed"] = nullptr;
  fact["current"] = true;
  Json born = fact, hearsay = fact, past = fact, vague = fact;
  born["relation"] = "birth_date";
  born["value"] = "1980-10";
  vague["relation"] = "death_date";
  vague["value"] = "PAST_REF";
  hearsay["value"] = "spy";
  hearsay["attributed"] = {{"speaker", "Bo"}, {"person", nullptr}, {"kind", "named"}};
  past["value"] = "singer";
  past["current"] = false;
  const Json properties = Json::parse(
      ftm.person(person, Json::array({fact, born, hearsay, past, vague})).text)["properties"];
  EXPECT_EQ(properties,
            Json::parse(R"({"name":["Ann Bell"],"weakAlias":["Bell"],"alias":["Annie Bell"],)"
                        R"("position":["mayor"],"birthDate":["1980-10"]})"));
  Json thing = person;
  thing["kind"] = "WORK";
  EXPECT_NE(ftm.person(thing, Json::array()).left_out, "");
}

Json article() {
  return Json::parse(
      R"({"article":4,"article_id":"x","title":"=T","uri":null,"publisher":null,"published":null,
    "published_basis":"none","correction":null,"superseded_by":null,"characters":34,"copies":[],
    "identities":{"e1":"P1"},
    "record":{"schema":"dateline/1","document":{"authors":["A","B"],"modified":null},
      "text":"🎉 Ann Bell, he said, left. She ran.","sentences":[[0,26],[27,35]],
      "times":[],
      "entities":[{"id":"e1","kind":"PERSON","name":"Ann Bell","aliases":[],"descriptions":[],
                   "mentions":[{"span":[2,10],"form":"name"},{"span":[27,30],"form":"pronoun"}]}],
      "attributions":[{"id":"a1","form":"mixed","content":[[2,10],[21,25]],"cue":[[15,19]],"source":[[12,14]],
                       "speaker":null,"source_kind":"unnamed","parent":null,"confidence":0.5}],
      "events":[{"id":"v1","span":[21,25],"clause":[2,25],"lemma":"leave","class":null,
                 "participants":[{"role":"agent","span":[2,10],"entity":"e1"}],
                 "time":null,"polarity":"negative","certainty":"possible","tense":"past","attribution":"a1","confidence":0.9}],
      "relations":[],"timeline":[]}})");
}

TEST(Annotations, SelectorsNameTheSameWords) {
  const ArticleView view(article());
  const std::vector<std::string> all = write_annotations(view, "s");
  ASSERT_EQ(all.size(), 4U);  // two mentions, an attribution, an event
  const Json first = Json::parse(all[0]);
  EXPECT_EQ(first["motivation"], "identifying");
  EXPECT_EQ(first["body"][0]["value"], "PERSON name");
  EXPECT_EQ(first["body"][1]["value"], "Ann Bell (P1)");
  EXPECT_EQ(
      first["target"]["selector"].dump(),
      R"([{"type":"TextQuoteSelector","exact":"Ann Bell","prefix":"🎉 ","suffix":", he said, left. She ran."},)"
      R"({"type":"TextPositionSelector","start":2,"end":10}])");
  const Json said = Json::parse(all[2]);
  EXPECT_EQ(said["target"].size(), 2U);  // a target a piece
  EXPECT_EQ(said["target"][1]["selector"][0]["exact"], "left");
  EXPECT_EQ(said["body"][1]["value"], "according to he (“said”)");
  const Json event = Json::parse(all[3]);
  EXPECT_EQ(event["body"][0]["value"], "event leave");
  EXPECT_EQ(event["body"][1]["value"],
            "Ann Bell, he said, left (possible) (denied) (according to he)");
}

TEST(Annotations, TheSourceIsThePageUnlessItHasAnotherTextNow) {
  const auto source = [](const Json& row) {
    return Json::parse(write_annotations(ArticleView(row), "s")[0])["target"]["source"].dump();
  };
  Json row = article();
  EXPECT_TRUE(source(row).starts_with("\"urn:uuid:"));
  row["uri"] = "https://post.example/1";
  EXPECT_EQ(source(row), "\"https://post.example/1\"");
  row["superseded_by"] = 9;
  EXPECT_TRUE(source(row).starts_with("\"urn:uuid:"));
}

TEST(Annotations, ADocumentWithoutAnyIsWhole) {
  const Json collection = Json::parse(annotations_head("s") + annotations_tail(0));
  EXPECT_EQ(collection["total"], 0);
  EXPECT_TRUE(collection["first"]["items"].empty());
}

TEST(Tables, EveryRowHasEveryColumn) {
  const ArticleView view(article());
  std::size_t rows = 0;
  for (const Table& table : tables()) {
    std::vector<Json> found;
    if (table.of_line != nullptr) found.push_back(table.of_line(line(interval("2021-02-01", ""))));
    if (table.of_article != nullptr) found = table.of_article(view);
    for (const Json& row : found)
      for (const std::string_view column : table.columns)
        EXPECT_TRUE(row.contains(std::string(column))) << table.name << ' ' << column;
    rows += found.size();
    EXPECT_EQ(&table_named(table.name), &table);
  }
  EXPECT_EQ(rows, 6U);
}

TEST(Tables, ARowTellsWhereItStands) {
  const ArticleView view(article());
  const Table& events = table_named("events");
  EXPECT_EQ(csv_row(events, events.of_article(view)[0]),
            "v1,left,\"Ann Bell, he said, left\",leave,,,,,negative,possible,past,he,unnamed,"
            "agent: Ann Bell [P1],,0.9,4,x,'=T,,,,,21,25,\"🎉 Ann Bell, he said, left.\"\r\n");
  const Table& quotes = table_named("quotes");
  const Json row = quotes.of_article(view)[0];
  EXPECT_EQ(row["content"], "Ann Bell … left");
  EXPECT_EQ(row["begin_code_point"], 2);
  EXPECT_EQ(row["end_code_point"], 25);
}

}  // namespace
}  // namespace dateline::exporting
