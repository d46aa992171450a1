// Writes the pairs of arguments that the learned reader of relations looks at, with their features,
// so that training sees what running sees.
//
// usage: relation_features INPUT.jsonl TOKENS.jsonl OUT [MODELS]
//   MODELS      folder of the learned parts; its coreference is used as `read` uses it
//   OUT.jsonl   one line a document: its id and its arguments [begin, end, head begin, head end,
//               kind, form, entity or -1] in code points
//   OUT.bin     little-endian uint32: document, subject, object, count, and that many features
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "dateline/attributions/find_attributions.h"
#include "dateline/entities/find_entities.h"
#include "dateline/language/token_dump.h"
#include "dateline/relations/pair_features.h"
#include "dateline/times/find_times.h"
#include "dateline/unicode/utf8.h"

namespace {

using dateline::relations::Argument;

nlohmann::json row_of(const Argument& argument, const dateline::Doc& doc,
                      const dateline::unicode::OffsetMap& offsets) {
  const dateline::ByteSpan head = doc[argument.head].span;
  return {offsets(argument.span.begin),
          offsets(argument.span.end),
          offsets(head.begin),
          offsets(head.end),
          static_cast<int>(argument.kind),
          static_cast<int>(argument.form),
          argument.entity ? static_cast<int>(*argument.entity) : -1};
}

void write_pairs(const dateline::relations::Reading& reading, std::uint32_t document,
                 std::ofstream& out) {
  dateline::relations::Findings findings;
  read_kin(reading, findings);
  read_roles(reading, findings);
  read_frames(reading, findings);
  read_brackets(reading, findings);
  dateline::relations::PairFeatures features(reading, findings);
  const auto count = static_cast<std::uint32_t>(reading.arguments.all().size());
  for (std::uint32_t a = 0; a < count; ++a)
    for (std::uint32_t b = 0; b < count; ++b) {
      if (!features.is_pair(a, b)) continue;
      const auto found = features(a, b);
      const std::uint32_t head[] = {document, a, b, static_cast<std::uint32_t>(found.size())};
      out.write(reinterpret_cast<const char*>(head), sizeof head);
      out.write(reinterpret_cast<const char*>(found.data()),
                static_cast<std::streamsize>(found.size_bytes()));
    }
}

bool write_document(const dateline::entities::CorefModel* coref, const std::string& line,
                    const std::string& tokens, std::uint32_t number, std::ofstream& rows,
                    std::ofstream& pairs) {
  const auto json = nlohmann::json::parse(line);
  dateline::Article article;
  article.id = json.value("id", "");
  article.text = json.value("text", "");
  auto read = dateline::language::read_token_dump(tokens, article.text);
  if (!read) return false;
  const dateline::Doc& doc = read->doc;
  const auto times = dateline::times::find_times(article, doc);
  auto entities = dateline::entities::find_entities(article, doc, times, coref);
  const auto attributions = dateline::attributions::find_attributions(article, doc, entities);
  const dateline::events::EventInput input{article, doc, times, entities, attributions};
  const dateline::relations::Arguments arguments(input);
  const dateline::unicode::OffsetMap offsets(article.text,
                                             dateline::unicode::OffsetUnit::kCodePoints);
  nlohmann::json list = nlohmann::json::array();
  for (const Argument& argument : arguments.all()) list.push_back(row_of(argument, doc, offsets));
  rows << nlohmann::json{{"id", article.id}, {"arguments", list}}.dump() << '\n';
  write_pairs({input, doc, arguments, dateline::relations::lexicon()}, number, pairs);
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4 && argc != 5) {
    std::fputs("usage: relation_features INPUT.jsonl TOKENS.jsonl OUT [MODELS]\n", stderr);
    return 2;
  }
  std::optional<dateline::entities::CorefModel> coref;
  if (argc == 5) {
    auto loaded = dateline::entities::CorefModel::load(std::string(argv[4]) + "/coref");
    if (!loaded) {
      std::fprintf(stderr, "%s: no coreference model\n", argv[4]);
      return 1;
    }
    coref = std::move(*loaded);
  }
  std::ifstream input(argv[1]), dump(argv[2]);
  std::ofstream rows(std::string(argv[3]) + ".jsonl");
  std::ofstream pairs(std::string(argv[3]) + ".bin", std::ios::binary);
  std::string line, tokens;
  for (std::uint32_t number = 0; std::getline(input, line) && std::getline(dump, tokens); ++number)
    if (!write_document(coref ? &*coref : nullptr, line, tokens, number, rows, pairs)) {
      std::fprintf(stderr, "document %u: no token dump of this text\n", number);
      return 1;
    }
}
