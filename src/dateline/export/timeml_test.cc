#include "dateline/export/timeml.h"

#include <gtest/gtest.h>

namespace dateline::exporting {
namespace {

Record record_of(std::string text) {
  Record record;
  record.article.id = "a<1>";
  record.article.text = std::move(text);
  record.article.published = TimePoint{.day = *make_day(2021, 12, 1)};
  return record;
}

TEST(TimeMl, MarksTimesInline) {
  Record record = record_of("R&D ended last May \"for good\".");
  TimeExpression time;
  time.span = {10, 18};
  time.value = "2021-05";
  time.mod = "START";
  time.anchor = TimeExpression::kPublished;
  record.times.push_back(time);
  EXPECT_EQ(write_timeml(record),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>\n\n"
            "<DOCID>a&lt;1&gt;</DOCID>\n\n"
            "<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"2021-12-01\" temporalFunction=\"false\" "
            "functionInDocument=\"CREATION_TIME\">2021-12-01</TIMEX3></DCT>\n\n"
            "<TEXT>R&amp;D ended <TIMEX3 tid=\"t1\" type=\"DATE\" value=\"2021-05\" mod=\"START\" "
            "temporalFunction=\"true\" functionInDocument=\"NONE\" anchorTimeID=\"t0\">last "
            "May</TIMEX3> &quot;for good&quot;.</TEXT>\n\n</TimeML>\n");
}

TEST(TimeMl, CarriesNoByteThatXmlForbids) {
  const std::string out = write_timeml(record_of(std::string("a\0b\x01\xFF\r", 6)));
  EXPECT_NE(out.find("a\xEF\xBF\xBD"
                     "b\xEF\xBF\xBD\xEF\xBF\xBD&#13;</TEXT>"),
            std::string::npos)
      << out;
}

TEST(TimeMl, LeavesAnUnknownDateOpen) {
  Record record = record_of("x");
  record.article.published.reset();
  EXPECT_NE(write_timeml(record).find("type=\"DATE\" value=\"XXXX-XX-XX\""), std::string::npos);
}

}  // namespace
}  // namespace dateline::exporting
