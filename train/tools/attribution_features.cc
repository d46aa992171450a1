// Writes what the tagger and linker of attributions see of every line, so that training sees what
// running sees.
//
// usage: attribution_features PACKAGE MODEL_FOLDER INPUT.jsonl OUT
//   PACKAGE       the annotations, as annotate takes them
//   MODEL_FOLDER  model.json of it gives the numbers of the labels
//   OUT.json      ids of the documents
//   OUT.rows      int32 a token: document, line, place of the line, begin, end (code points), head
//                 (relative to the line), sentence, tag, dep, ent, state, hash of the word and of
//                 the lemma, row of OUT.static (0: none)
//   OUT.context   float32: the context vectors
//   OUT.static    float32: the static vectors of the words met, after a row of zeros
#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "dateline/attributions/features.h"
#include "dateline/language/pipeline.h"
#include "dateline/unicode/utf8.h"

namespace {

constexpr std::uint32_t kBuckets = 4096;

dateline::attributions::Labels numbers(const nlohmann::json& labels) {
  dateline::attributions::Labels result;
  std::uint32_t number = 0;
  for (const auto& label : labels) result.add(label.get<std::string>(), ++number);
  return result;
}

template <class T>
void put(std::ofstream& out, std::span<const T> values) {
  out.write(reinterpret_cast<const char*>(values.data()),
            static_cast<std::streamsize>(values.size_bytes()));
}

// A line's edges are edges of sentences, as the reader has it for blocks.
std::vector<std::uint32_t> line_starts(std::string_view text) {
  std::vector<std::uint32_t> starts;
  for (std::uint32_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n') starts.push_back(i + 1);
  return starts;
}

class Writer {
 public:
  Writer(const std::string& out, const nlohmann::json& model)
      : vocabulary_{numbers(model["tag"]), numbers(model["dep"]), numbers(model["ent"])},
        rows_(out + ".rows", std::ios::binary),
        context_(out + ".context", std::ios::binary),
        static_(out + ".static", std::ios::binary) {}

  void write(const dateline::Doc& doc, std::int32_t document) {
    using dateline::attributions::line_spans;
    const auto marks = dateline::attributions::pair_quotations(doc.text());
    const dateline::unicode::OffsetMap offsets(doc.text(),
                                               dateline::unicode::OffsetUnit::kCodePoints);
    std::uint32_t line = 0;
    for (const dateline::TokenSpan span : line_spans(doc)) {
      const auto passage =
          make_passage(doc, span, marks, std::min(line, 2U), vocabulary_, kBuckets);
      for (std::uint32_t i = 0; i < passage.size(); ++i) {
        const dateline::Token& token = doc[span.begin + i];
        const std::array<std::int32_t, 14> row = {
            document,
            static_cast<std::int32_t>(line),
            static_cast<std::int32_t>(passage.place),
            static_cast<std::int32_t>(offsets(token.span.begin)),
            static_cast<std::int32_t>(offsets(token.span.end)),
            static_cast<std::int32_t>(passage.head[i]),
            static_cast<std::int32_t>(token.sentence),
            static_cast<std::int32_t>(passage.tag[i]),
            static_cast<std::int32_t>(passage.dep[i]),
            static_cast<std::int32_t>(passage.ent[i]),
            static_cast<std::int32_t>(passage.state[i]),
            static_cast<std::int32_t>(passage.lower[i]),
            static_cast<std::int32_t>(passage.lemma[i]),
            vector_of(doc, span.begin + i)};
        put<std::int32_t>(rows_, row);
        put(context_, doc.context(span.begin + i));
      }
      ++line;
    }
  }

 private:
  std::int32_t vector_of(const dateline::Doc& doc, std::uint32_t token) {
    const auto vector = doc.vector(token);
    if (vector.empty()) return 0;
    if (known_.empty()) put<float>(static_, std::vector<float>(vector.size()));
    const auto [found, added] = known_.try_emplace(doc.vector_row(token), known_.size() + 1);
    if (added) put(static_, vector);
    return found->second;
  }

  dateline::attributions::Vocabulary vocabulary_;
  std::ofstream rows_, context_, static_;
  std::map<std::int32_t, std::int32_t> known_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fputs("usage: attribution_features PACKAGE MODEL_FOLDER INPUT.jsonl OUT\n", stderr);
    return 2;
  }
  const auto pipeline = dateline::language::Pipeline::load(argv[1]);
  if (!pipeline) {
    std::fprintf(stderr, "%s\n", pipeline.error().message.c_str());
    return 1;
  }
  std::ifstream labels(std::string(argv[2]) + "/model.json"), input(argv[3]);
  Writer writer(argv[4], nlohmann::json::parse(labels));
  dateline::language::Workspace workspace;
  nlohmann::json ids = nlohmann::json::array();
  for (std::string line; std::getline(input, line);) {
    const auto row = nlohmann::json::parse(line);
    const std::string text = row.value("text", "");
    dateline::Doc doc = pipeline->annotate(text, workspace);
    doc.start_sentences_at(line_starts(text));
    writer.write(doc, static_cast<std::int32_t>(ids.size()));
    ids.push_back(row.value("id", ""));
  }
  std::ofstream(std::string(argv[4]) + ".json") << ids.dump() << '\n';
}
