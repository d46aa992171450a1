// Writes what the ranker of antecedents is trained on, so that training sees what running sees; and
// the records that weights give, to score them.
//
// usage: coref_rows rows ANNOTATION INPUT.jsonl GOLD.jsonl OUT.bin [--from N] [--to N] [--model W]
//        coref_rows records ANNOTATION INPUT.jsonl OUT.jsonl [WEIGHTS]
//   ANNOTATION  folder of a spaCy package, or a token dump (*.jsonl; no vectors then)
//   --from --to documents FROM <= n < TO only
//   --model     weights that decide what the gold leaves open; the rules without
//   OUT.bin     for each mention, little-endian: uint32 pairs; uint32 document; int32 kind (0 he
//               and she, 1 it, 2 they, 3 nominal); uint32 width; per pair a float32 label (1 right,
//               0 wrong, -1 unknown); then pairs x width float32
#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "dateline/entities/features.h"
#include "dateline/entities/find_candidates.h"
#include "dateline/entities/find_entities.h"
#include "dateline/entities/join_names.h"
#include "dateline/language/pipeline.h"
#include "dateline/language/token_dump.h"
#include "dateline/record/write_json.h"
#include "dateline/times/find_times.h"
#include "dateline/unicode/utf8.h"

namespace {

using dateline::ByteSpan;
using dateline::Doc;
using dateline::entities::Antecedent;
using dateline::entities::Candidate;
using dateline::entities::Chooser;
using dateline::entities::Scene;
using Json = nlohmann::json;

constexpr int kOpen = -1;  // nobody says what it refers to

// What the gold says of each candidate: a chain's number, 0 for no chain, kOpen.
struct Gold {
  std::vector<int> chain;
  bool snippet = false;  // GAP: one pronoun, two names
};

ByteSpan span_of(const Json& span, const std::vector<std::uint32_t>& bytes) {
  const auto at = [&](std::size_t i) {
    const auto n = span[i].get<std::size_t>();
    return n < bytes.size() ? bytes[n] : bytes.back();
  };
  return {at(0), at(1)};
}

std::vector<std::uint32_t> byte_offsets(const std::string& text) {
  std::vector<std::uint32_t> offsets;
  for (std::uint32_t i = 0; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) offsets.push_back(i);
  offsets.push_back(static_cast<std::uint32_t>(text.size()));
  return offsets;
}

Gold read_snippet(const Json& gap, const std::vector<Candidate>& candidates,
                  const std::vector<std::uint32_t>& bytes) {
  Gold gold{std::vector<int>(candidates.size(), kOpen), true};
  const auto mark = [&](const Json& span, int chain) {
    const ByteSpan target = span_of(span, bytes);
    double best = 0;
    std::size_t found = candidates.size();
    for (std::size_t c = 0; c < candidates.size(); ++c) {
      const ByteSpan s = candidates[c].mention.span;
      if (!s.overlaps(target)) continue;
      const double both = std::min(s.end, target.end) - std::max(s.begin, target.begin);
      const double share = both / (std::max(s.end, target.end) - std::min(s.begin, target.begin));
      if (share > best) best = share, found = c;
    }
    if (found < candidates.size()) gold.chain[found] = chain;
  };
  mark(gap["a"]["span"], gap["a"]["coref"].get<bool>() ? 1 : 2);
  mark(gap["b"]["span"], gap["b"]["coref"].get<bool>() ? 1 : 3);
  mark(gap["pronoun"]["span"], 1);
  return gold;
}

// What is known of one mention of a name is known of all.
void spread(Gold& gold, const std::vector<std::uint32_t>& groups) {
  std::map<std::uint32_t, int> chain_of;
  for (std::size_t c = 0; c < groups.size(); ++c)
    if (gold.chain[c] > 0 && groups[c] != dateline::entities::kNoGroup) {
      int& chain = chain_of[groups[c]];
      chain = chain == 1 ? 1 : gold.chain[c];
    }
  for (std::size_t c = 0; c < groups.size(); ++c)
    if (const auto found = chain_of.find(groups[c]); found != chain_of.end())
      gold.chain[c] = found->second;
}

Gold read_chains(const Json& row, const std::vector<Candidate>& candidates, const Doc& doc,
                 const std::vector<std::uint32_t>& bytes) {
  struct Place {
    ByteSpan span, head;
    int chain;
  };
  std::multimap<std::uint32_t, Place> by_head;
  int chain = 0;
  for (const Json& entity : row["entities"]) {
    ++chain;
    for (const Json& mention : entity["mentions"]) {
      const ByteSpan span = span_of(mention["span"], bytes);
      const ByteSpan head = mention.contains("head") ? span_of(mention["head"], bytes) : span;
      for (std::uint32_t t = doc.token_at(head.begin); t < doc.size(); ++t) {
        if (doc[t].span.begin >= head.end) break;
        by_head.emplace(t, Place{span, head, chain});
      }
    }
  }
  Gold gold{std::vector<int>(candidates.size(), 0), false};
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    const auto [from, to] = by_head.equal_range(candidates[c].mention.head);
    std::uint32_t best = 0xFFFFFFFF;
    for (auto it = from; it != to; ++it) {
      const ByteSpan s = candidates[c].mention.span, g = it->second.span;
      const std::uint32_t off = (s.begin > g.begin ? s.begin - g.begin : g.begin - s.begin) +
                                (s.end > g.end ? s.end - g.end : g.end - s.end);
      if (off < best) best = off, gold.chain[c] = it->second.chain;
    }
  }
  return gold;
}

// Follows the gold where it says something, else another chooser, and writes down what it was
// asked.
class Listener : public Chooser {
 public:
  Listener(const Gold& gold, std::uint32_t document, const Chooser& open, std::ofstream& out)
      : gold_(gold), document_(document), open_(open), out_(out) {}

  std::optional<std::size_t> choose(const Scene& scene, std::uint32_t anaphor,
                                    std::span<const Antecedent> antecedents) const override {
    const int chain = gold_.chain[anaphor];
    if (chain == kOpen) return open_.choose(scene, anaphor, antecedents);
    std::vector<float> labels;
    std::optional<std::size_t> right;
    for (const Antecedent& antecedent : antecedents) {
      labels.push_back(label(scene, antecedent, chain));
      if (labels.back() == 1.0F && !right) right = labels.size() - 1;
    }
    write(scene, anaphor, antecedents, labels);
    if (!right && gold_.snippet) return open_.choose(scene, anaphor, antecedents);
    return right;
  }

 private:
  // Of a cluster the chain that most of its mentions are of.
  float label(const Scene& scene, const Antecedent& antecedent, int chain) const {
    int same = 0, other = 0;
    const auto count = [&](std::uint32_t c) {
      if (gold_.chain[c] == kOpen) return;
      (chain != 0 && gold_.chain[c] == chain ? same : other)++;
    };
    for (const std::uint32_t c : scene.clusters[antecedent.cluster].mentions) count(c);
    if (antecedent.forward) count(antecedent.candidate);
    if (same + other == 0) return gold_.snippet ? -1.0F : 0.0F;
    if (gold_.snippet) return same > 0 ? 1.0F : 0.0F;
    return same >= other ? 1.0F : 0.0F;
  }

  void write(const Scene& scene, std::uint32_t anaphor, std::span<const Antecedent> antecedents,
             const std::vector<float>& labels) const {
    const Candidate& c = scene.candidates[anaphor];
    std::uint32_t kind = 3;
    if (c.pronoun)
      kind = c.pronoun->number == dateline::entities::Number::kPlural ? 2 : c.pronoun->thing;
    const std::uint32_t head[4] = {static_cast<std::uint32_t>(antecedents.size()), document_, kind,
                                   static_cast<std::uint32_t>(dateline::entities::features_of(c))};
    out_.write(reinterpret_cast<const char*>(head), sizeof head);
    put(labels);
    put(pair_features(scene, anaphor, antecedents).dense());
  }

  void put(const std::vector<float>& numbers) const {
    out_.write(reinterpret_cast<const char*>(numbers.data()),
               static_cast<std::streamsize>(numbers.size() * sizeof(float)));
  }

  const Gold& gold_;
  std::uint32_t document_;
  const Chooser& open_;
  std::ofstream& out_;
};

// Annotations from a package or a dump.
class Annotator {
 public:
  explicit Annotator(const std::string& source) {
    if (source.ends_with(".jsonl")) {
      dump_.open(source);
    } else if (auto loaded = dateline::language::Pipeline::load(source)) {
      pipeline_ = std::make_unique<dateline::language::Pipeline>(*std::move(loaded));
    } else {
      std::fprintf(stderr, "%s\n", loaded.error().message.c_str());
    }
  }
  std::optional<Doc> next(const std::string& text) {
    if (pipeline_) return pipeline_->annotate(text, workspace_);
    std::string line;
    if (!std::getline(dump_, line)) return std::nullopt;
    auto read = dateline::language::read_token_dump(line, text);
    if (!read) return std::nullopt;
    return std::move(read->doc);
  }

 private:
  std::ifstream dump_;
  std::unique_ptr<dateline::language::Pipeline> pipeline_;
  dateline::language::Workspace workspace_;
};

using dateline::entities::CorefModel;

// --from, --to and --model, after the arguments of a verb.
struct Options {
  std::uint32_t from = 0, to = 0xFFFFFFFF;
  std::optional<CorefModel> model;
  std::unique_ptr<dateline::entities::Chooser> chooser;
};

bool load_model(const std::string& folder, std::optional<CorefModel>& model) {
  auto loaded = CorefModel::load(folder);
  if (loaded) {
    model = *std::move(loaded);
    return true;
  }
  std::fprintf(stderr, "%s\n", loaded.error().message.c_str());
  return false;
}

bool read_options(int argc, char** argv, int at, Options& options) {
  for (; at + 1 < argc; at += 2) {
    const std::string name = argv[at];
    if (name == "--from") options.from = static_cast<std::uint32_t>(std::atoi(argv[at + 1]));
    if (name == "--to") options.to = static_cast<std::uint32_t>(std::atoi(argv[at + 1]));
    if (name == "--model" && !load_model(argv[at + 1], options.model)) return false;
  }
  if (options.model)
    options.chooser = std::make_unique<dateline::entities::RankChooser>(*options.model);
  else
    options.chooser = std::make_unique<dateline::entities::RuleChooser>();
  return true;
}

int write_rows(int argc, char** argv) {
  Annotator annotator(argv[2]);
  std::ifstream input(argv[3]), gold_file(argv[4]);
  std::ofstream out(argv[5], std::ios::binary);
  Options options;
  if (!read_options(argc, argv, 6, options)) return 1;
  std::map<std::string, Json> golds;
  for (std::string line; std::getline(gold_file, line);) {
    Json row = Json::parse(line);
    const std::string id = row["id"];
    golds[id] = std::move(row);
  }
  std::uint32_t number = 0;
  for (std::string line; std::getline(input, line); ++number) {
    const Json row = Json::parse(line);
    dateline::Article article;
    article.text = row.value("text", "");
    const auto doc = annotator.next(article.text);
    if (!doc) return 1;
    const auto found = golds.find(row["id"]);
    if (found == golds.end() || number < options.from || number >= options.to) continue;
    const std::string licence = found->second.value("licence", "");
    if (licence.find("NC") != std::string::npos || licence.find("not stated") != std::string::npos)
      continue;
    const auto times = dateline::times::find_times(article, *doc);
    auto candidates = dateline::entities::find_candidates(article, *doc, times);
    const auto groups = join_names(*doc, candidates);
    const auto bytes = byte_offsets(article.text);
    Gold gold = found->second.contains("gap")
                    ? read_snippet(found->second["gap"], candidates, bytes)
                    : read_chains(found->second, candidates, *doc, bytes);
    if (gold.snippet) spread(gold, groups);
    (void)dateline::entities::resolve(*doc, candidates, groups,
                                      Listener(gold, number, *options.chooser, out));
  }
  return 0;
}

int write_records(int argc, char** argv) {
  Annotator annotator(argv[2]);
  std::ifstream input(argv[3]);
  std::ofstream out(argv[4]);
  std::optional<CorefModel> model;
  if (argc > 5 && !load_model(argv[5], model)) return 1;
  for (std::string line; std::getline(input, line);) {
    const Json row = Json::parse(line);
    dateline::Record record;
    record.article.id = row.value("id", "");
    record.article.text = row.value("text", "");
    const auto doc = annotator.next(record.article.text);
    if (!doc) return 1;
    record.times = dateline::times::find_times(record.article, *doc);
    record.entities = dateline::entities::find_entities(record.article, *doc, record.times,
                                                        model ? &*model : nullptr);
    out << dateline::record::write_json(record) << '\n';
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string verb = argc > 1 ? argv[1] : "";
  if (verb == "rows" && argc >= 6) return write_rows(argc, argv);
  if (verb == "records" && argc >= 5) return write_records(argc, argv);
  std::fprintf(stderr, "usage: coref_rows rows|records ... (see the source)\n");
  return 2;
}
