// Writes the pairs of arguments that the learned reader of relations looks at, with their features,
// so that training sees what running sees.
//
// usage: relation_features INPUT.jsonl PACKAGE OUT MODELS
//   PACKAGE      folder of a spaCy package
//   MODELS       folder of the learned parts; its coreference and attributions are used as `read`
//                uses them, and the word clusters of relations
//   OUT.jsonl    one line a document: its id, its arguments [begin, end, head begin, head end,
//                kind, form, entity or -1], and what the rules found, in code points
//   OUT.bin      little-endian uint32: document, subject, object, count, and that many features;
//                of passages only
#include <array>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "dateline/attributions/find_attributions.h"
#include "dateline/entities/find_entities.h"
#include "dateline/language/pipeline.h"
#include "dateline/neural/tensors.h"
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

template <class Numbers>
void write(const Numbers& numbers, std::ofstream& out) {
  out.write(reinterpret_cast<const char*>(std::data(numbers)),
            static_cast<std::streamsize>(std::size(numbers) * sizeof *std::data(numbers)));
}

// What the rules found: relation, subject, object or -1, the value's span, negative.
nlohmann::json rows_of(const dateline::relations::Findings& findings,
                       const dateline::unicode::OffsetMap& offsets) {
  nlohmann::json list = nlohmann::json::array();
  for (const auto& finding : findings)
    list.push_back(
        {finding.relation, finding.subject, finding.object ? static_cast<int>(*finding.object) : -1,
         offsets(finding.value_span.begin), offsets(finding.value_span.end), finding.negative});
  return list;
}

void write_pairs(const dateline::relations::Reading& reading,
                 const dateline::relations::Findings& findings,
                 const dateline::neural::Matrix& clusters, std::uint32_t document,
                 std::ofstream& out) {
  dateline::relations::PairFeatures features(reading, findings, clusters);
  const auto count = static_cast<std::uint32_t>(reading.arguments.all().size());
  for (std::uint32_t a = 0; a < count; ++a)
    for (std::uint32_t b = 0; b < count; ++b) {
      if (!features.is_pair(a, b)) continue;
      const auto found = features(a, b);
      write(std::array{document, a, b, static_cast<std::uint32_t>(found.size())}, out);
      write(found, out);
    }
}

struct Parts {
  dateline::language::Pipeline pipeline;
  dateline::entities::CorefModel coref;
  dateline::attributions::AttributionModel attributions;
  dateline::neural::Matrix clusters;
};

struct Outputs {
  std::ofstream rows, pairs;
};

void write_document(const Parts& parts, dateline::language::Workspace& workspace,
                    const std::string& line, std::uint32_t number, Outputs& out) {
  const auto json = nlohmann::json::parse(line);
  dateline::Article article;
  article.id = json.value("id", "");
  article.text = json.value("text", "");
  const dateline::Doc doc = parts.pipeline.annotate(article.text, workspace);
  const auto times = dateline::times::find_times(article, doc);
  auto entities = dateline::entities::find_entities(article, doc, times, &parts.coref);
  const auto attributions =
      dateline::attributions::find_attributions(article, doc, entities, &parts.attributions);
  const dateline::events::EventInput input{article, doc, times, entities, attributions};
  const dateline::relations::Arguments arguments(input);
  const dateline::unicode::OffsetMap offsets(article.text,
                                             dateline::unicode::OffsetUnit::kCodePoints);
  nlohmann::json list = nlohmann::json::array();
  for (const Argument& argument : arguments.all()) list.push_back(row_of(argument, doc, offsets));
  const dateline::relations::Reading reading{input, doc, arguments, dateline::relations::lexicon()};
  const auto findings = dateline::relations::read_by_rules(reading);
  const nlohmann::json row{
      {"id", article.id}, {"arguments", list}, {"rules", rows_of(findings, offsets)}};
  out.rows << row.dump() << '\n';
  if (dateline::relations::is_passage(doc))
    write_pairs(reading, findings, parts.clusters, number, out.pairs);
}

std::optional<Parts> load(const std::string& package, const std::string& models) {
  auto pipeline = dateline::language::Pipeline::load(package);
  auto coref = dateline::entities::CorefModel::load(models + "/coref");
  auto attributions = dateline::attributions::AttributionModel::load(models + "/attributions");
  auto tensors = dateline::neural::load(models + "/relations/clusters.safetensors");
  if (!pipeline || !coref || !attributions || !tensors) return std::nullopt;
  auto clusters = tensors->matrix("clusters");
  if (!clusters) return std::nullopt;
  return Parts{std::move(*pipeline), std::move(*coref), std::move(*attributions),
               std::move(*clusters)};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fputs("usage: relation_features INPUT.jsonl PACKAGE OUT MODELS\n", stderr);
    return 2;
  }
  const auto parts = load(argv[2], argv[4]);
  if (!parts) {
    std::fprintf(stderr, "%s or %s: cannot be loaded\n", argv[2], argv[4]);
    return 1;
  }
  const std::string out = argv[3];
  Outputs outputs{std::ofstream(out + ".jsonl"), std::ofstream(out + ".bin", std::ios::binary)};
  std::ifstream input(argv[1]);
  dateline::language::Workspace workspace;
  std::string line;
  for (std::uint32_t number = 0; std::getline(input, line); ++number)
    write_document(*parts, workspace, line, number, outputs);
}
