// Needs a model: set DATELINE_MODEL to an unpacked en_core_web_md. The cases under
// tests/cases/language were annotated by spaCy 3.8.18 with en_core_web_md 3.7.1.
#include "dateline/language/pipeline.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "dateline/language/token_dump.h"

namespace dateline::language {
namespace {

class PipelineTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const char* folder = std::getenv("DATELINE_MODEL");
    if (folder == nullptr || *folder == '\0') return;
    auto loaded = Pipeline::load(folder);
    ASSERT_TRUE(loaded.has_value()) << loaded.error().message;
    pipeline_ = std::make_unique<Pipeline>(*std::move(loaded));
    std::ifstream meta(std::string(folder) + "/meta.json");
    const auto json = nlohmann::json::parse(meta, nullptr, false);
    is_md_ = json.is_object() && json.value("name", "") == "core_web_md" &&
             json.value("version", "") == "3.7.1";
    std::ifstream cases(DATELINE_CASES "/language/spacy.jsonl");
    for (std::string line; std::getline(cases, line);) {
      cases_.push_back(nlohmann::json::parse(line));
      texts_.push_back(cases_.back()["text"].get<std::string>());
    }
  }
  static void TearDownTestSuite() { pipeline_.reset(); }

  void SetUp() override {
    if (pipeline_ == nullptr) GTEST_SKIP() << "DATELINE_MODEL is not set";
    ASSERT_FALSE(cases_.empty());
  }

  static std::string dump(const Doc& doc) { return write_token_dump("x", doc); }

  static inline std::unique_ptr<Pipeline> pipeline_;
  static inline bool is_md_ = false;
  static inline std::vector<nlohmann::json> cases_;
  static inline std::vector<std::string> texts_;
};

TEST_F(PipelineTest, SaysWhatSpacySays) {
  if (!is_md_) GTEST_SKIP() << "the cases are those of en_core_web_md 3.7.1";
  Workspace workspace;
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    const auto ours = nlohmann::json::parse(dump(pipeline_->annotate(texts_[i], workspace)));
    EXPECT_EQ(ours["tokens"], cases_[i]["tokens"]) << cases_[i]["id"] << ": " << texts_[i];
  }
}

TEST_F(PipelineTest, BatchesAndThreadsChangeNothing) {
  Workspace workspace;
  std::vector<std::string> alone;
  for (const std::string& text : texts_)
    alone.push_back(dump(pipeline_->annotate(text, workspace)));
  const std::vector<std::string_view> views(texts_.begin(), texts_.end());
  const auto check = [&] {
    Workspace own;
    const std::vector<Doc> docs = pipeline_->annotate(views, own);
    ASSERT_EQ(docs.size(), views.size());
    for (std::size_t i = 0; i < docs.size(); ++i) EXPECT_EQ(dump(docs[i]), alone[i]);
  };
  std::thread other(check);
  check();
  other.join();
}

TEST_F(PipelineTest, ContextVectorsAreTheSameBitByBitInEveryBatch) {
  Workspace workspace;
  const std::vector<std::string_view> views(texts_.begin(), texts_.end());
  const std::vector<Doc> docs = pipeline_->annotate(views, workspace);
  for (std::size_t i = 0; i < docs.size(); ++i) {
    const Doc alone = pipeline_->annotate(views[i], workspace);
    for (std::uint32_t t = 0; t < alone.size(); ++t) {
      const auto a = alone.context(t), b = docs[i].context(t);
      ASSERT_EQ(a.size(), b.size());
      ASSERT_TRUE(std::equal(a.begin(), a.end(), b.begin())) << views[i];
      ASSERT_EQ(alone.vector_row(t), docs[i].vector_row(t));
    }
  }
}

TEST_F(PipelineTest, ASentenceBeginsWhereItIsSaidTo) {
  Workspace workspace;
  const std::string_view text =
      "Lenka Marsh and Husband Call Off Divorce\n\nLenka Marsh and Paul Adair have called off their "
      "divorce, a spokeswoman said.";
  const auto edge = static_cast<std::uint32_t>(text.find("\n\n") + 2);
  const Passage free{text}, held{text, std::span(&edge, 1)};
  EXPECT_EQ(dump(pipeline_->annotate(std::span(&free, 1), workspace).front()),
            dump(pipeline_->annotate(text, workspace)));
  const Doc doc = std::move(pipeline_->annotate(std::span(&held, 1), workspace).front());
  const std::uint32_t first = doc.token_at(edge);
  EXPECT_TRUE(doc[first].sentence_start);
  for (std::uint32_t i = 0; i < doc.size(); ++i)
    EXPECT_EQ(doc[i].head >= first, i >= first) << doc[i].text;
  const std::uint32_t called = doc.token_at(static_cast<std::uint32_t>(text.find("called")));
  EXPECT_EQ(doc[doc[first].head].head, called);  // Lenka < Marsh < called
  // An edge within a word, past the end or at a word that begins one anyway changes nothing.
  for (const std::uint32_t other : {1U, 4'000'000'000U, 0U}) {
    const Passage same{text, std::span(&other, 1)};
    const Doc again = std::move(pipeline_->annotate(std::span(&same, 1), workspace).front());
    EXPECT_EQ(again.size(), doc.size());
  }
}

TEST_F(PipelineTest, AnyBytesGiveADoc) {
  Workspace workspace;
  std::string text;
  std::uint32_t state = 1;
  for (int i = 0; i < 20'000; ++i) {
    state = state * 1664525 + 1013904223;
    text.push_back(static_cast<char>(state >> 24));
  }
  const Doc doc = pipeline_->annotate(text, workspace);
  EXPECT_GT(doc.size(), 0U);
  EXPECT_EQ(pipeline_->annotate("", workspace).size(), 0U);
}

TEST_F(PipelineTest, MoreTypesThanTheCacheKeeps) {
  Workspace workspace;
  std::string text;
  for (int i = 0; i < 12'000; ++i) text += "word" + std::to_string(i) + " ";
  const std::string first = dump(pipeline_->annotate(texts_[0], workspace));
  EXPECT_EQ(pipeline_->annotate(text, workspace).size() >= 12'000, true);
  EXPECT_EQ(dump(pipeline_->annotate(texts_[0], workspace)), first);
}

}  // namespace
}  // namespace dateline::language
