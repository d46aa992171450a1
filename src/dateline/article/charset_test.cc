#include "dateline/article/charset.h"

#include <gtest/gtest.h>

#include <random>

#include "dateline/unicode/utf8.h"

namespace dateline::article {
namespace {

struct CharsetCase {
  const char* name;
  std::string bytes, told, text, charset;
};
class DecodePage : public testing::TestWithParam<CharsetCase> {};
TEST_P(DecodePage, Decodes) {
  const DecodedPage page = decode_page(GetParam().bytes, GetParam().told);
  EXPECT_EQ(page.text, GetParam().text);
  EXPECT_EQ(page.charset, GetParam().charset);
}
INSTANTIATE_TEST_SUITE_P(
    Table, DecodePage,
    testing::Values(
        CharsetCase{"Utf8", "Caf\u00E9", "", "Caf\u00E9", "utf-8"},
        CharsetCase{"Mark",
                    "\xEF\xBB\xBF"
                    "Caf\u00E9",
                    "", "Caf\u00E9", "utf-8"},
        CharsetCase{"Utf16",
                    std::string("\xFF\xFE"
                                "C\0a\0f\0\xE9\0",
                                10),
                    "", "Caf\u00E9", "utf-16le"},
        CharsetCase{"Header", "Caf\xE9", "ISO-8859-1", "Caf\u00E9", "windows-1252"},
        CharsetCase{"Latin1IsWindows", "\x93yes\x94 \x97 no", "iso-8859-1",
                    "\u201Cyes\u201D \u2014 no", "windows-1252"},
        CharsetCase{"Meta", "<meta charset='windows-1251'>\xC4\xE0", "",
                    "<meta charset='windows-1251'>\u0414\u0430", "windows-1251"},
        CharsetCase{"MetaHttpEquiv",
                    "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-2\">"
                    "\xB9",
                    "",
                    "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-2\">"
                    "\u0161",
                    "iso-8859-2"},
        CharsetCase{"WrongLabelOnUtf8", "<meta charset=iso-8859-1>Caf\u00E9", "",
                    "<meta charset=iso-8859-1>Caf\u00E9", "utf-8"},
        CharsetCase{"LabelWithBadBytes",
                    "A long line of plain words, and then one byte, \xFF, of none.", "utf8\xF2",
                    "A long line of plain words, and then one byte, \uFFFD, of none.", "utf-8"},
        CharsetCase{"ConverterThatLetsAllPass", "\xF4\x95\x9B\xBF", "ucs-4",
                    "\uFFFD\uFFFD\uFFFD\uFFFD", "ucs-4"},
        CharsetCase{
            "FewBadBytes",
            "A long line of plain words, then \xFF, and then more plain words to the end of "
            "it.",
            "utf-8",
            "A long line of plain words, then \uFFFD, and then more plain words to the end "
            "of it.",
            "utf-8"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(DecodePage, AnyBytesGiveUtf8) {
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    std::string bytes;
    for (auto i = random() % 200; i > 0; --i) bytes += static_cast<char>(random() & 0xFFU);
    const char* told[] = {"", "utf-8", "shift_jis", "no-such", "utf-16le"};
    const DecodedPage page = decode_page(bytes, told[random() % 5]);
    std::size_t bad = 0;
    static_cast<void>(unicode::sanitize(page.text, &bad));
    ASSERT_EQ(bad, 0U);
  }
}

}  // namespace
}  // namespace dateline::article
