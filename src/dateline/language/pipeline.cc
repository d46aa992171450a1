#include "dateline/language/pipeline.h"

#include <atomic>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <variant>

#include "dateline/language/attribute_ruler.h"
#include "dateline/language/config.h"
#include "dateline/language/entity_recognizer.h"
#include "dateline/language/lemmatizer.h"
#include "dateline/language/lexeme.h"
#include "dateline/language/package.h"
#include "dateline/language/parser.h"
#include "dateline/language/static_vectors.h"
#include "dateline/language/tagger.h"
#include "dateline/language/tok2vec.h"
#include "dateline/language/tokenizer.h"
#include "dateline/language/vocab.h"

namespace dateline::language {
namespace {

using nlohmann::json;

constexpr std::size_t kGroupTokens = 1024;   // texts are taken together up to here
constexpr std::size_t kMaxLexemes = 40'000;  // word forms remembered between groups

// Where a component takes its context vectors from: its own network, or that of the component
// tok2vec, which it listens to.
struct VectorSource {
  std::optional<Tok2Vec> own;
  std::size_t cache = 0;  // number of the own network's cache
  std::size_t width = 0;
};

struct Tok2VecStep {
  VectorSource source;
};
struct TaggerStep {
  VectorSource source;
  LinearLabeler labeler;
  std::vector<std::string> labels;
  bool overwrite;
};
struct SenterStep {
  VectorSource source;
  LinearLabeler labeler;
  bool overwrite;
};
struct ParserStep {
  VectorSource source;
  Parser parser;
};
struct NerStep {
  VectorSource source;
  EntityRecognizer recognizer;
};
struct RulerStep {
  AttributeRuler ruler;
};
struct LemmatizerStep {
  Lemmatizer lemmatizer;
  bool overwrite;
};
using Step = std::variant<Tok2VecStep, TaggerStep, SenterStep, ParserStep, NerStep, RulerStep,
                          LemmatizerStep>;

// A text on its way through the components.
struct Draft {
  std::string_view text;
  std::vector<RawToken> raw;
  std::vector<Token> tokens;
  std::vector<WordFeatures> words;
  std::vector<SentenceStart> starts;
  std::vector<std::uint8_t> is_space;
  StringArena arena;
  std::vector<float> context;  // of the component tok2vec
  std::vector<std::int32_t> vector_rows;
};

void fill_draft(Draft& draft) {
  const std::size_t size = draft.raw.size();
  draft.tokens.assign(size, {});
  draft.words.resize(size);
  draft.is_space.resize(size);
  draft.starts.assign(size, SentenceStart::kUnknown);
  draft.arena = {};
  draft.context.clear();
  draft.vector_rows.clear();
  if (size > 0) draft.starts[0] = SentenceStart::kYes;
  for (std::size_t i = 0; i < size; ++i) {
    const RawToken& raw = draft.raw[i];
    const Lexeme& lexeme = *raw.lexeme;
    Token& token = draft.tokens[i];
    token.span = raw.span;
    token.text = slice(draft.text, raw.span);
    token.lower = lexeme.lower == token.text ? token.text : draft.arena.add(lexeme.lower);
    token.head = static_cast<std::uint32_t>(i);
    token.space_after = raw.space_after;
    draft.words[i] = {lexeme.orth,      raw.norm_id,     lexeme.lower_id, lexeme.prefix_id,
                      lexeme.suffix_id, lexeme.shape_id, raw.space_after, lexeme.is_space};
    draft.is_space[i] = lexeme.is_space ? 1 : 0;
  }
}

// Sets the sentences that are known to begin.
void set_starts(std::span<const std::uint32_t> offsets, Draft& draft) {
  std::size_t i = 0;
  for (const std::uint32_t offset : offsets) {
    while (i < draft.tokens.size() &&
           (draft.tokens[i].span.begin < offset || draft.is_space[i] != 0))
      ++i;
    if (i == draft.tokens.size()) return;
    if (i == 0 || draft.tokens[i - 1].span.end <= offset || draft.is_space[i - 1] != 0)
      draft.starts[i] = SentenceStart::kYes;
  }
}

std::uint64_t next_number() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

}  // namespace

struct Workspace::Impl {
  std::uint64_t pipeline = 0;  // number of the one that the caches belong to
  std::optional<LexemeCache> lexemes;
  std::vector<Tok2VecCache> caches;
  std::vector<Draft> drafts;
  std::vector<std::span<const WordFeatures>> words;
  std::vector<Tok2Vec::Rows> rows;
  std::vector<std::int32_t> vector_rows;
  std::vector<std::uint16_t> best;
  FloatBuffer scores;
  ParserScratch parser;
  TransitionScratch ner;
};

Workspace::Workspace() : impl_(std::make_unique<Impl>()) {}
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;
Workspace::~Workspace() = default;

struct Pipeline::Impl {
  Impl(Package p, Vocab v, StaticVectors s)
      : package(std::move(p)), vocab(std::move(v)), vectors(std::move(s)) {}

  // Loading.
  Result<void> add_component(const std::string& name);
  Result<VectorSource> source_of(const std::string& name, Model& model);
  Result<std::vector<std::string>> labels_of(const std::string& name) const;

  // Running: `drafts` are the texts of one group.
  using Drafts = std::span<Draft>;
  void run(const Tok2VecStep& step, Drafts drafts, Workspace::Impl& work) const;
  void run(const TaggerStep& step, Drafts drafts, Workspace::Impl& work) const;
  void run(const SenterStep& step, Drafts drafts, Workspace::Impl& work) const;
  void run(const ParserStep& step, Drafts drafts, Workspace::Impl& work) const;
  void run(const NerStep& step, Drafts drafts, Workspace::Impl& work) const;
  void run(const RulerStep& step, Drafts drafts, Workspace::Impl& work) const;
  void run(const LemmatizerStep& step, Drafts drafts, Workspace::Impl& work) const;
  // The vectors that a component sees, in work.rows, a document each.
  void find_rows(const VectorSource& source, Drafts drafts, Workspace::Impl& work) const;
  Doc finish(Draft& draft) const;

  std::uint64_t number = next_number();
  Package package;
  Vocab vocab;
  std::optional<Tokenizer> tokenizer;
  StaticVectors vectors;
  std::vector<Step> steps;
  std::size_t shared_width = 0;  // of the component tok2vec; 0: none so far
  std::size_t caches = 0;
};

// Loading ----------------------------------------------------------------------------------------

Pipeline::Pipeline(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Pipeline::Pipeline(Pipeline&&) noexcept = default;
Pipeline& Pipeline::operator=(Pipeline&&) noexcept = default;
Pipeline::~Pipeline() = default;

Result<Pipeline> Pipeline::load(const std::string& folder) {
  DATELINE_TRY(Package package, Package::open(folder));
  DATELINE_TRY(Vocab vocab, Vocab::load(package.folder()));
  DATELINE_TRY(StaticVectors vectors, StaticVectors::load(package));
  auto impl = std::make_unique<Impl>(std::move(package), std::move(vocab), std::move(vectors));
  const json* tokenizer = find_path(impl->package.config(), "nlp.tokenizer.@tokenizers");
  if (tokenizer == nullptr || *tokenizer != "spacy.Tokenizer.v1") {
    return fail(ErrorCode::kUnsupported, impl->package.folder() + "/config.cfg: the tokenizer " +
                                             (tokenizer == nullptr ? "" : tokenizer->dump()) +
                                             " is not known (only spacy.Tokenizer.v1 is)");
  }
  DATELINE_TRY(impl->tokenizer, Tokenizer::load(impl->package.folder(), impl->vocab));
  for (const std::string& name : impl->package.pipeline()) {
    DATELINE_DO(impl->add_component(name));
  }
  return Pipeline(std::move(impl));
}

Result<VectorSource> Pipeline::Impl::source_of(const std::string& name, Model& model) {
  const json* config = find_path(package.component(name), "model.tok2vec");
  const json* architecture = config == nullptr ? nullptr : find_path(*config, "@architectures");
  if (architecture != nullptr && *architecture == "spacy.Tok2VecListener.v1") {
    if (shared_width == 0) {
      return fail(ErrorCode::kUnsupported, package.folder() + "/config.cfg: the component " + name +
                                               " listens to a tok2vec that does not run before it");
    }
    return VectorSource{std::nullopt, 0, shared_width};
  }
  if (config == nullptr) {
    return fail(ErrorCode::kUnsupported, package.folder() + "/config.cfg: the component " + name +
                                             " has no tok2vec that is known");
  }
  DATELINE_TRY(Tok2Vec own, Tok2Vec::load(*config, model, vectors));
  const std::size_t width = own.width();
  return VectorSource{std::move(own), caches++, width};
}

Result<std::vector<std::string>> Pipeline::Impl::labels_of(const std::string& name) const {
  DATELINE_TRY(const json cfg, package.read_json(name + "/cfg"));
  const json* labels = find_path(cfg, "labels");
  std::vector<std::string> out;
  for (const json& label : labels == nullptr ? json::array() : *labels) {
    if (!label.is_string()) {
      return fail(ErrorCode::kCorrupt,
                  package.folder() + "/" + name + "/cfg: not a list of labels");
    }
    out.push_back(label.get<std::string>());
  }
  return out;
}

Result<void> Pipeline::Impl::add_component(const std::string& name) {
  const json& config = package.component(name);
  const auto text_at = [&](std::string_view path) {
    const json* value = find_path(config, path);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
  };
  const auto unknown = [&](const std::string& what) {
    return fail(ErrorCode::kUnsupported, package.folder() + "/config.cfg: the component " + name +
                                             " is of a kind that is not known (" + what + ")");
  };
  const std::string factory = text_at("factory"), architecture = text_at("model.@architectures");
  const json* overwrite_value = find_path(config, "overwrite");
  const bool overwrite = overwrite_value != nullptr && *overwrite_value == true;
  if (factory == "attribute_ruler") {
    DATELINE_TRY(AttributeRuler ruler, AttributeRuler::load(package.folder(), vocab));
    steps.emplace_back(RulerStep{std::move(ruler)});
    return {};
  }
  if (factory == "lemmatizer") {
    if (text_at("mode") != "rule") return unknown("lemmatizer of mode " + text_at("mode"));
    DATELINE_TRY(Lemmatizer lemmatizer, Lemmatizer::load(package.folder()));
    steps.emplace_back(LemmatizerStep{std::move(lemmatizer), overwrite});
    return {};
  }
  if (factory == "tok2vec") {
    DATELINE_TRY(Model model, package.model(name));
    DATELINE_TRY(Tok2Vec own, Tok2Vec::load(config.value("model", json::object()), model, vectors));
    shared_width = own.width();
    steps.emplace_back(Tok2VecStep{{std::move(own), caches++, shared_width}});
    return {};
  }
  if (factory == "tagger" || factory == "senter") {
    if (architecture != "spacy.Tagger.v2" && architecture != "spacy.Tagger.v1") {
      return unknown(architecture);
    }
    DATELINE_TRY(Model model, package.model(name));
    DATELINE_TRY(VectorSource source, source_of(name, model));
    std::vector<std::string> labels{"I", "S"};
    if (factory == "tagger") {
      DATELINE_TRY(labels, labels_of(name));
    }
    DATELINE_TRY(LinearLabeler labeler, LinearLabeler::load(model, source.width, labels.size()));
    if (factory == "tagger") {
      steps.emplace_back(
          TaggerStep{std::move(source), std::move(labeler), std::move(labels), overwrite});
    } else {
      steps.emplace_back(SenterStep{std::move(source), std::move(labeler), overwrite});
    }
    return {};
  }
  if (factory == "parser" || factory == "ner") {
    if (architecture != "spacy.TransitionBasedParser.v2") return unknown(architecture);
    DATELINE_TRY(Model model, package.model(name));
    DATELINE_TRY(VectorSource source, source_of(name, model));
    if (factory == "parser") {
      DATELINE_TRY(Parser parser, Parser::load(package, name, model, source.width));
      steps.emplace_back(ParserStep{std::move(source), std::move(parser)});
    } else {
      DATELINE_TRY(EntityRecognizer ner,
                   EntityRecognizer::load(package, name, model, source.width));
      steps.emplace_back(NerStep{std::move(source), std::move(ner)});
    }
    return {};
  }
  return unknown(factory);
}

// Running ----------------------------------------------------------------------------------------

void Pipeline::Impl::find_rows(const VectorSource& source, Drafts drafts,
                               Workspace::Impl& work) const {
  if (source.own) {
    work.words.clear();
    for (const Draft& draft : drafts) work.words.emplace_back(draft.words);
    source.own->encode(work.words, work.caches[source.cache], work.rows);
    return;
  }
  work.rows.clear();
  for (const Draft& draft : drafts) work.rows.push_back({draft.context.data(), draft.words.size()});
}

void Pipeline::Impl::run(const Tok2VecStep& step, Drafts drafts, Workspace::Impl& work) const {
  work.words.clear();
  std::size_t tokens = 0;
  for (const Draft& draft : drafts) {
    work.words.emplace_back(draft.words);
    tokens += draft.words.size();
  }
  work.vector_rows.resize(tokens);
  const VectorSource& source = step.source;
  source.own->encode(work.words, work.caches[source.cache], work.rows, work.vector_rows);
  const std::int32_t* row = work.vector_rows.data();
  for (std::size_t d = 0; d < drafts.size(); ++d) {
    const Tok2Vec::Rows& rows = work.rows[d];
    drafts[d].context.assign(rows.data, rows.data + rows.size * source.width);
    drafts[d].vector_rows.assign(row, row + rows.size);
    row += rows.size;
  }
}

void Pipeline::Impl::run(const TaggerStep& step, Drafts drafts, Workspace::Impl& work) const {
  find_rows(step.source, drafts, work);
  for (std::size_t d = 0; d < drafts.size(); ++d) {
    work.best.resize(drafts[d].tokens.size());
    step.labeler.label(work.rows[d].data, work.best, work.scores);
    for (std::size_t i = 0; i < work.best.size(); ++i) {
      Token& token = drafts[d].tokens[i];
      if (token.tag.empty() || step.overwrite) token.tag = step.labels[work.best[i]];
    }
  }
}

void Pipeline::Impl::run(const SenterStep& step, Drafts drafts, Workspace::Impl& work) const {
  find_rows(step.source, drafts, work);
  for (std::size_t d = 0; d < drafts.size(); ++d) {
    work.best.resize(drafts[d].tokens.size());
    step.labeler.label(work.rows[d].data, work.best, work.scores);
    for (std::size_t i = 0; i < work.best.size(); ++i) {
      SentenceStart& start = drafts[d].starts[i];
      if (start == SentenceStart::kUnknown || step.overwrite) {
        start = work.best[i] == 1 ? SentenceStart::kYes : SentenceStart::kNo;
      }
    }
  }
}

void Pipeline::Impl::run(const ParserStep& step, Drafts drafts, Workspace::Impl& work) const {
  find_rows(step.source, drafts, work);
  for (std::size_t d = 0; d < drafts.size(); ++d) {
    Draft& draft = drafts[d];
    step.parser.parse(work.rows[d].data, draft.tokens, draft.starts, draft.is_space, work.parser);
  }
}

void Pipeline::Impl::run(const NerStep& step, Drafts drafts, Workspace::Impl& work) const {
  find_rows(step.source, drafts, work);
  for (std::size_t d = 0; d < drafts.size(); ++d) {
    Draft& draft = drafts[d];
    step.recognizer.recognize(work.rows[d].data, draft.tokens, draft.starts, draft.is_space,
                              work.ner);
  }
}

void Pipeline::Impl::run(const RulerStep& step, Drafts drafts, Workspace::Impl& /*work*/) const {
  for (Draft& draft : drafts) step.ruler.apply(draft.raw, draft.tokens, draft.arena);
}

void Pipeline::Impl::run(const LemmatizerStep& step, Drafts drafts,
                         Workspace::Impl& /*work*/) const {
  for (Draft& draft : drafts) {
    for (std::size_t i = 0; i < draft.tokens.size(); ++i) {
      Token& token = draft.tokens[i];
      if (step.overwrite) token.lemma = {};
      token.lemma = step.lemmatizer.lemmatize(draft.raw[i], token, draft.arena);
    }
  }
}

Doc Pipeline::Impl::finish(Draft& draft) const {
  for (std::size_t i = 0; i < draft.tokens.size(); ++i) {
    draft.tokens[i].sentence_start = draft.starts[i] == SentenceStart::kYes;
  }
  Doc doc = Doc::assemble(draft.text, std::move(draft.tokens), std::move(draft.arena));
  if (shared_width > 0) {
    doc.set_vectors(std::move(draft.context), static_cast<std::uint32_t>(shared_width),
                    std::move(draft.vector_rows), vectors.table(), vectors.width());
  }
  return doc;
}

std::vector<Doc> Pipeline::annotate(std::span<const Passage> passages,
                                    Workspace& workspace) const {
  Workspace::Impl& work = *workspace.impl_;
  if (work.pipeline != impl_->number) {
    work.pipeline = impl_->number;
    work.lexemes.emplace(impl_->vocab);
    work.caches.clear();
    work.caches.resize(impl_->caches);
  }
  std::vector<Doc> docs;
  docs.reserve(passages.size());
  while (docs.size() < passages.size()) {
    if (work.lexemes->size() > kMaxLexemes) work.lexemes->clear();
    std::size_t count = 0;
    for (std::size_t tokens = 0; tokens < kGroupTokens && docs.size() + count < passages.size();) {
      if (work.drafts.size() == count) work.drafts.emplace_back();
      Draft& draft = work.drafts[count];
      const Passage& passage = passages[docs.size() + count++];
      draft.text = passage.text;
      impl_->tokenizer->tokenize(draft.text, *work.lexemes, draft.raw);
      fill_draft(draft);
      set_starts(passage.sentence_starts, draft);
      tokens += draft.tokens.size() + 1;
    }
    const std::span<Draft> group = std::span(work.drafts).first(count);
    for (const Step& step : impl_->steps) {
      std::visit([&](const auto& s) { impl_->run(s, group, work); }, step);
    }
    for (Draft& draft : group) docs.push_back(impl_->finish(draft));
  }
  return docs;
}

std::vector<Doc> Pipeline::annotate(std::span<const std::string_view> texts,
                                    Workspace& workspace) const {
  std::vector<Passage> passages;
  passages.reserve(texts.size());
  for (const std::string_view text : texts) passages.push_back({text});
  return annotate(passages, workspace);
}

Doc Pipeline::annotate(std::string_view text, Workspace& workspace) const {
  const Passage passage{text};
  return std::move(annotate(std::span(&passage, 1), workspace).front());
}

}  // namespace dateline::language
