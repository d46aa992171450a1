#include "dateline/article/text_language.h"

#include <gtest/gtest.h>

namespace dateline::article {
namespace {

struct Row {
  const char* name;
  std::string text;
  std::string language;
};

TEST(TextLanguage, IsKnownWhereThereIsEnoughOfIt) {
  const std::string english =
      "The mayor of the small town said on Tuesday that she would not stand for office again. Her "
      "deputy, who has served since the spring, is expected to follow her.";
  const std::string german =
      "Die Bürgermeisterin der kleinen Stadt sagte am Dienstag, dass sie nicht wieder antreten "
      "werde. Ihr Stellvertreter, der seit dem Frühjahr im Amt ist, soll ihr nachfolgen.";
  const Row rows[] = {
      {"English", english, "en"},
      {"German", german, "de"},
      {"Russian",
       "Мэр небольшого города заявила во вторник, что больше не будет баллотироваться. Ожидается, "
       "что её сменит заместитель, который работает с весны.",
       "ru"},
      {"an English text with one German line", english + english + english + " Auf Wiedersehen!",
       "en"},
      {"two languages by halves", english + " " + german, ""},
      {"short", "Mayor quits.", ""},
      {"numbers", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28", ""},
      {"empty", "", ""},
      {"bytes that are no text", std::string(300, '\xFF'), ""},
  };
  for (const Row& row : rows) EXPECT_EQ(text_language(row.text), row.language) << row.name;
}

TEST(TextLanguage, HasAName) {
  EXPECT_EQ(language_name("de"), "German");
  EXPECT_EQ(language_name("tlx"), "tlx");
}

}  // namespace
}  // namespace dateline::article
