#include "dateline/language/package.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "dateline/language/pipeline.h"
#include "dateline/language/static_vectors.h"
#include "dateline/language/tok2vec.h"
#include "dateline/language/transitions.h"

namespace dateline::language {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

// A package directory that holds what a test writes, removed when it goes.
class Folder {
 public:
  Folder() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    path_ = std::filesystem::temp_directory_path() /
            (std::string("dateline_") + test->test_suite_name() + "_" + test->name() + "_" +
             std::to_string(getpid()));
    std::filesystem::create_directories(path_ / "vocab");
    write("meta.json", R"({"spacy_version": ">=3.7.2,<3.8.0"})");
    write("config.cfg",
          "[nlp]\npipeline = []\ndisabled = []\n"
          "tokenizer = {\"@tokenizers\":\"spacy.Tokenizer.v1\"}\n");
  }
  ~Folder() { std::filesystem::remove_all(path_); }

  void write(const std::string& name, std::string_view bytes) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

// What stands before the numbers of an npy file, 80 bytes.
std::string npy_header(const std::string& shape) {
  std::string text = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }";
  text.resize(69, ' ');
  return "\x93NUMPY\x01"s + '\0' + '\x46' + '\0' + text + "\n";
}

std::string message_of(const auto& result) {
  return result.has_value() ? "no error" : result.error().message;
}

TEST(Package, AFolderWithoutConfigIsNoModel) {
  const auto package = Package::open("/nowhere/at/all");
  ASSERT_FALSE(package.has_value());
  EXPECT_EQ(package.error().code, ErrorCode::kNotFound);
  EXPECT_NE(package.error().message.find("no spaCy model"), std::string::npos);
}

TEST(Package, OnlyVersionThreeIsKnown) {
  const Folder folder;
  EXPECT_TRUE(Package::open(folder.path()).has_value());
  folder.write("meta.json", R"({"spacy_version": ">=2.3.0,<2.4.0"})");
  EXPECT_NE(message_of(Package::open(folder.path())).find("only 3.x"), std::string::npos);
}

TEST(Package, UnknownComponentsAreNamed) {
  const Folder folder;
  folder.write("config.cfg",
               "[nlp]\npipeline = [\"speller\"]\ndisabled = []\n"
               "tokenizer = {\"@tokenizers\":\"spacy.Tokenizer.v1\"}\n"
               "[components]\n[components.speller]\nfactory = \"spelling\"\n");
  folder.write("vocab/lookups.bin", "\x80");
  folder.write("vocab/key2row", "\x80");
  folder.write("vocab/vectors", npy_header("(0, 0)"));
  folder.write("tokenizer", "\x80");
  const auto pipeline = Pipeline::load(folder.path());
  EXPECT_NE(message_of(pipeline).find("speller"), std::string::npos) << message_of(pipeline);
}

TEST(Package, VectorsAreChecked) {
  const Folder folder;
  const std::string header = npy_header("(2, 1)");
  ASSERT_EQ(header.size(), 80U);
  const auto load = [&] {
    auto package = Package::open(folder.path());
    return StaticVectors::load(*package);
  };
  folder.write("vocab/vectors", header + "\0\0\x80\x3f\0\0\0\x40"s);
  folder.write("vocab/key2row", "\x82\x05\x01\xcf\x00\x00\x00\x00\x00\x00\x01\x05\x00"sv);
  const auto vectors = load();
  ASSERT_TRUE(vectors.has_value()) << message_of(vectors);
  EXPECT_EQ(vectors->row(5), 1);
  EXPECT_EQ(vectors->row(0x105), 0);
  EXPECT_EQ(vectors->row(6), -1);
  EXPECT_EQ(vectors->vector(1)[0], 2.0F);
  folder.write("vocab/key2row", "\x81\x05\x02");
  EXPECT_NE(message_of(load()).find("row 2 of a table of 2"), std::string::npos);
  folder.write("vocab/key2row", "\x82\x05\x01");
  EXPECT_NE(message_of(load()).find("key2row"), std::string::npos);
  folder.write("vocab/vectors", header + "\0\0\x80\x3f"s);
  EXPECT_NE(message_of(load()).find("cut short"), std::string::npos);
  folder.write("vocab/vectors", "not numpy at all");
  EXPECT_NE(message_of(load()).find("npy"), std::string::npos);
  folder.write("vocab/vectors.cfg", R"({"mode": "floret"})");
  EXPECT_NE(message_of(load()).find("floret"), std::string::npos);
}

TEST(Model, EveryPrefixIsAnError) {
  // One node "a" with a parameter W of two floats and the attribute seed 8.
  const std::string whole =
      "\x84\xa5nodes\x91\x81\xa4name\xa1"s +
      "a\xa5"
      "attrs\x91\x81\xa4seed\xc4\x01\x08" +
      "\xa6params\x91\x81\xa1W\x83\xc4\x04type\xa3<f4\xc4\x05shape\x91\x02\xc4\x04"
      "data\xc4\x08" +
      std::string(8, '\0') + "\xa5shims\x91\x90";
  const auto model = Model::parse(whole, "ner/model");
  ASSERT_TRUE(model.has_value()) << message_of(model);
  ASSERT_EQ(model->named("a").size(), 1U);
  EXPECT_EQ(model->named("a")[0]->param("W")->data.size(), 2U);
  EXPECT_EQ(model->named("a")[0]->ints.at("seed"), 8);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto cut = Model::parse(std::string_view(whole).substr(0, size), "ner/model");
    ASSERT_FALSE(cut.has_value()) << size;
    EXPECT_TRUE(cut.error().message.starts_with("ner/model: ")) << cut.error().message;
  }
}

TEST(Transitions, ClassesInTheOrderOfTheNetwork) {
  // Most frequent first, ties by label downwards, negative frequencies last.
  const std::string json = R"({"1":{"B":5,"A":5,"C":9,"N":-1},"0":{"":1},"10":{"X":1,"N":-1}})";
  const std::string file =
      "\x81\xa5moves\xda"s + std::string{'\0', static_cast<char>(json.size())} + json;
  const auto classes = read_classes(
      file, "moves", [](std::uint8_t, std::string_view label) { return label == "C"; });
  ASSERT_TRUE(classes.has_value()) << message_of(classes);
  std::string order;
  for (const auto& c : *classes) order += std::to_string(c.action) + c.label + " ";
  EXPECT_EQ(order, "0 1B 1A 10X 1N 10N ");
  EXPECT_FALSE(read_classes("\x81\xa5moves\xa2[]", "moves", nullptr).has_value());
}

TEST(Tok2Vec, HashRowsAreThincs) {
  // Rows of the English tables, as spaCy 3.8 computes them.
  const auto rows = [](std::uint64_t feature, std::uint32_t seed, std::uint32_t size) {
    const HashRows r = hash_rows(feature, seed, size);
    return std::vector<std::uint32_t>(r.row, r.row + 4);
  };
  using Rows = std::vector<std::uint32_t>;
  EXPECT_EQ(rows(7425985699627899538U, 8, 5000), (Rows{2498, 2909, 2599, 4364}));
  EXPECT_EQ(rows(101, 9, 1000), (Rows{172, 553, 820, 132}));
  EXPECT_EQ(rows(0, 12, 50), (Rows{38, 25, 37, 40}));
  EXPECT_EQ(rows(0, 8, 5000), (Rows{0, 0, 0, 0}));
}

}  // namespace
}  // namespace dateline::language
