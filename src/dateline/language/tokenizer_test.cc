#include "dateline/language/tokenizer.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "dateline/unicode/category.h"
#include "dateline/unicode/utf8.h"

namespace dateline::language {
namespace {

// A file `tokenizer` in a folder of its own.
class PackageFolder {
 public:
  explicit PackageFolder(std::string_view tokenizer)
      : folder_(std::filesystem::path(testing::TempDir()) /
                ("dateline_tokenizer_" +
                 std::string(testing::UnitTest::GetInstance()->current_test_info()->name()))) {
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / "tokenizer", std::ios::binary) << tokenizer;
  }
  ~PackageFolder() { std::filesystem::remove_all(folder_); }
  PackageFolder(const PackageFolder&) = delete;
  PackageFolder& operator=(const PackageFolder&) = delete;

  [[nodiscard]] std::string path() const { return folder_.string(); }

 private:
  std::filesystem::path folder_;
};

std::string text_value(std::string_view text) {  // str 8
  std::string out = "\xD9";
  out += static_cast<char>(text.size());
  return out.append(text);
}

// {"prefix_search": "^\\(", "suffix_search": "[.)]$", "exceptions": {"a.": [{65: orth}]}}
std::string small_tokenizer(std::string_view orth) {
  return std::string("\x83") + text_value("prefix_search") + text_value("^\\(") +
         text_value("suffix_search") + text_value("[.)]$") + text_value("exceptions") + "\x81" +
         text_value("a.") + "\x91\x82" + "\x41" + text_value(orth) + "\x43" + text_value("A");
}

std::string joined(const std::vector<RawToken>& tokens, std::string_view text) {
  std::string out;
  for (const RawToken& token : tokens) {
    if (!out.empty()) out += '|';
    out += slice(text, token.span);
    if (token.space_after) out += '_';
  }
  return out;
}

TEST(Tokenizer, ReadsPatternsAndExceptions) {
  const PackageFolder folder(small_tokenizer("a."));
  const Vocab vocab;
  const auto tokenizer = Tokenizer::load(folder.path(), vocab);
  ASSERT_TRUE(tokenizer.has_value()) << tokenizer.error().message;
  LexemeCache cache(vocab);
  std::vector<RawToken> tokens;
  for (int again = 0; again < 2; ++again) {
    tokenizer->tokenize("(a.) (b.)  a. ", cache, tokens);
    EXPECT_EQ(joined(tokens, "(a.) (b.)  a. "), "(|a.|)_|(|b|.|)_| |a._");
    EXPECT_EQ(tokens[1].norm, "A");
    EXPECT_EQ(tokens[1].norm_id, string_id("A"));
    EXPECT_EQ(tokens[0].norm, "(");
  }
  tokenizer->tokenize("", cache, tokens);
  EXPECT_TRUE(tokens.empty());
}

TEST(Tokenizer, KeepsInvalidBytesApart) {
  const PackageFolder folder(small_tokenizer("a."));
  const Vocab vocab;
  const auto tokenizer = Tokenizer::load(folder.path(), vocab);
  ASSERT_TRUE(tokenizer.has_value());
  LexemeCache cache(vocab);
  std::vector<RawToken> tokens;
  tokenizer->tokenize("na\xEFve caf\xE9\xFF (a.\xC3", cache, tokens);
  EXPECT_EQ(joined(tokens, "na\xEFve caf\xE9\xFF (a.\xC3"), "na|\xEF|ve_|caf|\xE9\xFF_|(|a.|\xC3");
}

TEST(Tokenizer, CutsLongRunsInLinearTime) {
  const PackageFolder folder(small_tokenizer("a."));
  const Vocab vocab;
  const auto tokenizer = Tokenizer::load(folder.path(), vocab);
  ASSERT_TRUE(tokenizer.has_value());
  LexemeCache cache(vocab);
  std::vector<RawToken> tokens;
  constexpr std::size_t kTimes = 300'000;
  tokenizer->tokenize(std::string(kTimes, '(') + "a." + std::string(kTimes, ')'), cache, tokens);
  EXPECT_EQ(tokens.size(), 2 * kTimes + 1);
}

TEST(Tokenizer, ReportsDamagedFiles) {
  const Vocab vocab;
  EXPECT_EQ(Tokenizer::load("/nonexistent", vocab).error().code, ErrorCode::kNotFound);
  const std::string whole = small_tokenizer("a.");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const PackageFolder folder(whole.substr(0, size));
    const auto tokenizer = Tokenizer::load(folder.path(), vocab);
    ASSERT_FALSE(tokenizer.has_value()) << size;
    EXPECT_EQ(tokenizer.error().code, ErrorCode::kCorrupt) << size;
  }
  for (const char* orth : {"a", "", "b.", "a.."}) {
    const PackageFolder folder(small_tokenizer(orth));
    EXPECT_FALSE(Tokenizer::load(folder.path(), vocab).has_value()) << orth;
  }
}

// The English package of the environment variable DATELINE_MODEL.
class EnglishTokenizer : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("DATELINE_MODEL");
    if (folder == nullptr) GTEST_SKIP() << "DATELINE_MODEL names no package";
    auto vocab = Vocab::load(folder);
    ASSERT_TRUE(vocab.has_value()) << vocab.error().message;
    vocab_ = *std::move(vocab);
    auto tokenizer = Tokenizer::load(folder, vocab_);
    ASSERT_TRUE(tokenizer.has_value()) << tokenizer.error().message;
    tokenizer_.emplace(*std::move(tokenizer));
  }

  std::string cut(std::string_view text) {
    tokenizer_->tokenize(text, cache_, tokens_);
    return joined(tokens_, text);
  }

  // Ordered, not empty, and nothing but single U+0020 between.
  void check_cover(std::string_view text) {
    std::size_t at = 0;
    for (const RawToken& token : tokens_) {
      ASSERT_EQ(token.span.begin, at);
      ASSERT_LT(token.span.begin, token.span.end);
      ASSERT_EQ(slice(text, token.span), token.lexeme->text);
      at = token.span.end;
      if (token.space_after) {
        ASSERT_LT(at, text.size());
        ASSERT_EQ(text[at], ' ');
        ++at;
      }
    }
    ASSERT_EQ(at, text.size());
  }

  Vocab vocab_;
  LexemeCache cache_{vocab_};
  std::optional<Tokenizer> tokenizer_;
  std::vector<RawToken> tokens_;
};

TEST_F(EnglishTokenizer, CutsAsSpacy) {
  const struct {
    const char *text, *tokens;
  } kRows[] = {
      {"He said \"yes\".", "He_|said_|\"|yes|\"|."},
      {"1+1=2", "1|+|1=2"},
      {"It's a test, isn't it?", "It|'s_|a_|test|,_|is|n't_|it|?"},
      {"Email: me@example.com.", "Email|:_|me@example.com|."},
      {"1. First\n2. Second", "1|._|First|\n|2|._|Second"},
      {"no-pre—em—dash-fix", "no|-|pre|—|em|—|dash|-|fix"},
      {"trailing spaces    ", "trailing_|spaces_|   "},
      {"\tTabbed\t", "\t|Tabbed|\t"},
      {"I.B.M. and A.I.", "I.B.M._|and_|A.I."},
      {"(we'll)", "(|we|'ll|)"},
      {"9a.m.,", "9|a.m.|,"},
      {"and/or...", "and/or|..."},
      {"can't-won't", "can't|-|won't"},
      {"U.K.-based", "U.K.-based"},
  };
  for (const auto& row : kRows) EXPECT_EQ(cut(row.text), row.tokens);
}

TEST_F(EnglishTokenizer, TakesNormsFromExceptionsAndTables) {
  (void)cut("He won't pay 5 €, cos");
  EXPECT_EQ(tokens_[1].norm, "will");
  EXPECT_EQ(tokens_[1].lexeme->norm, "wo");
  EXPECT_EQ(tokens_[2].norm, "not");
  EXPECT_EQ(tokens_[5].norm, "$");
  EXPECT_EQ(tokens_.back().norm, "because");
}

TEST_F(EnglishTokenizer, DoesNotDependOnWhatItCutBefore) {
  LexemeCache fresh(vocab_);
  std::vector<RawToken> tokens;
  for (const std::string_view exception : tokenizer_->exceptions()) {
    for (const char* before : {"", "(", "a-", "\""}) {
      std::string text = before;
      text.append(exception).append(",");
      const std::string first = cut(text);
      EXPECT_EQ(cut(text), first);
      fresh.clear();
      tokenizer_->tokenize(text, fresh, tokens);
      EXPECT_EQ(joined(tokens, text), first);
      check_cover(text);
    }
  }
}

TEST_F(EnglishTokenizer, CoversAnyBytes) {
  std::mt19937 random(7);
  const std::string_view kSoup[] = {"a",    "B",        "9",  ".",       ",", "'",      "\"", "(",
                                    ")",    " ",        "\n", "n't",     "—", "é",      "😀",  ":",
                                    "\xFF", "\xE2\x80", "\0", "http://", "-", "\u00A0", "…",  "$"};
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (std::size_t parts = random() % 12; parts > 0; --parts)
      text += kSoup[random() % std::size(kSoup)];
    if (round % 4 == 0)
      for (char& c : text) c = static_cast<char>(random());
    (void)cut(text);
    check_cover(text);
    for (const RawToken& token : tokens_) {
      bool valid = false, invalid = false;
      for (std::size_t at = 0; at < token.lexeme->text.size();) {
        const unicode::Decoded code = unicode::decode(token.lexeme->text, at);
        (code.valid ? valid : invalid) = true;
        at += code.size;
      }
      EXPECT_NE(valid, invalid);
    }
  }
}

// What would take minutes to hours were any step of the cutting to look at all that is left of it.
TEST_F(EnglishTokenizer, CutsLongRunsInLinearTime) {
  constexpr std::size_t kTimes = 200'000;
  const struct {
    const char *first, *repeated, *last;
    std::size_t tokens;
  } kRows[] = {
      {"", "(", "", kTimes},        {"a", ")", "", kTimes + 1}, {"", "a-", "", 2 * kTimes - 1},
      {"a", ".", "b", 3},           {"", ".", "", 1},           {"", "US$", "", kTimes},
      {"http://", "a.", "com/", 1}, {"", "a:", "", 2 * kTimes}, {"a", "@", "", 1},
      {"", "abcde", "", 1},         {"", "\n", "", 1},
  };
  for (const auto& row : kRows) {
    std::string text = row.first;
    for (std::size_t i = 0; i < kTimes; ++i) text += row.repeated;
    text += row.last;
    tokenizer_->tokenize(text, cache_, tokens_);
    EXPECT_EQ(tokens_.size(), row.tokens) << row.first << row.repeated << row.last;
    check_cover(text);
  }
}

}  // namespace
}  // namespace dateline::language
