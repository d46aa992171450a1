#include "dateline/attributions/network.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "dateline/neural/kernels.h"

namespace dateline::attributions {

using neural::Embedding;
using neural::Linear;
using neural::Matrix;

namespace {

void add(std::span<const float> from, std::span<float> to) {
  for (std::size_t i = 0; i < to.size() && i < from.size(); ++i) to[i] += from[i];
}

// Mean of some rows.
std::vector<float> mean(const Matrix& x, TokenSpan rows) {
  std::vector<float> sum(x.cols());
  for (std::uint32_t i = rows.begin; i < rows.end; ++i) add(x.row(i), sum);
  for (float& value : sum) value /= static_cast<float>(std::max(rows.size(), 1U));
  return sum;
}

}  // namespace

// The tables are larger than the caches: rows are asked for this many tokens before they are read,
// static vectors, which are longer, one word before.
constexpr std::uint32_t kAhead = 4;

struct Network::Words {
  Matrix products;
  std::vector<std::uint32_t> row;  // of each token; kNone for one without a vector
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;

  [[nodiscard]] const float* product(std::uint32_t token) const {
    return row[token] == kNone ? nullptr : products.row(row[token]).data();
  }
};

struct Network::Scratch {
  Matrix x, tokens;
  std::vector<std::uint32_t> heads, ends;
  neural::WholeRows rows;
  RoundScratch round;
};

// Each word's is made once.
Network::Words Network::words_of(const Doc& doc) const {
  std::vector<std::uint64_t> uses;  // row of the vector table, then token, in one number
  uses.reserve(doc.size());
  for (std::uint32_t i = 0; i < doc.size(); ++i)
    if (doc.vector(i).size() == word_.inputs())
      uses.push_back(std::uint64_t{static_cast<std::uint32_t>(doc.vector_row(i))} << 32 | i);
  std::ranges::sort(uses);
  Words words;
  words.row.assign(doc.size(), Words::kNone);
  std::vector<std::uint32_t> first;  // a token of each word
  for (std::size_t i = 0; i < uses.size(); ++i) {
    const auto token = static_cast<std::uint32_t>(uses[i]);
    if (i == 0 || uses[i] >> 32 != uses[i - 1] >> 32) first.push_back(token);
    words.row[token] = static_cast<std::uint32_t>(first.size() - 1);
  }
  neural::WholeRows vectors;
  vectors.start(word_.inputs(), first.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (i + 1 < first.size()) neural::fetch_ahead(doc.vector(first[i + 1]));
    vectors.set(i, doc.vector(first[i]));
  }
  word_(vectors, words.products);
  return words;
}

std::uint32_t Network::child_lemma_of(const Passage& passage, std::uint32_t child) const {
  return (passage.lemma[child] * 31 + passage.dep[child]) % buckets();
}

void Network::add_features(const Line& line, const Words& words, std::uint32_t first,
                           Matrix& x) const {
  const Passage& passage = line.passage;
  for (std::uint32_t i = 0; i < passage.size(); ++i) {
    if (const std::uint32_t soon = i + kAhead; soon < passage.size()) {
      neural::fetch_ahead(lower_(passage.lower[soon]));
      neural::fetch_ahead(lemma_(passage.lemma[soon]));
      neural::fetch_ahead(above_(passage.lemma[passage.head[soon]]));
      neural::fetch_ahead(child_lemma_(child_lemma_of(passage, soon)));
    }
    const float* const word = words.product(passage.tokens.begin + i);
    const float* const rows[] = {word,
                                 tag_(passage.tag[i]).data(),
                                 dep_(passage.dep[i]).data(),
                                 ent_(passage.ent[i]).data(),
                                 state_(passage.state[i]).data(),
                                 lower_(passage.lower[i]).data(),
                                 lemma_(passage.lemma[i]).data(),
                                 place_(passage.place).data(),
                                 above_(passage.lemma[passage.head[i]]).data()};
    neural::add_rows(std::span(rows).subspan(word == nullptr ? 1 : 0), x.row(first + i));
  }
}

void Network::add_children(const Line& line, std::uint32_t first, Matrix& x) const {
  const Passage& passage = line.passage;
  const auto tags = static_cast<std::uint32_t>(tag_.size());
  for (std::uint32_t i = 0; i < passage.size(); ++i) {
    if (passage.head[i] == i) continue;
    const float* const rows[] = {child_kind_(passage.dep[i] * tags + passage.tag[i]).data(),
                                 child_lemma_(child_lemma_of(passage, i)).data()};
    neural::add_rows(rows, x.row(first + passage.head[i]));
  }
}

void Network::embed(const Doc& doc, const Words& words, std::span<const Line> lines,
                    Scratch& scratch) const {
  scratch.rows.start(context_.inputs(), scratch.heads.size());
  std::size_t row = 0;
  for (const Line& line : lines)
    for (std::uint32_t i = line.passage.tokens.begin; i < line.passage.tokens.end; ++i)
      scratch.rows.set(row++, doc.context(i));
  context_(scratch.rows, scratch.x);
  for (const Line& line : lines) {
    const std::uint32_t first = line.first - lines.front().first;
    add_features(line, words, first, scratch.x);
    add_children(line, first, scratch.x);
  }
  neural::relu(scratch.x.all());
}

void Network::read_lines(const Doc& doc, const Words& words, std::span<const Line> lines,
                         Scratch& scratch) const {
  scratch.heads.clear();
  scratch.ends.clear();
  for (const Line& line : lines) {
    const auto first = static_cast<std::uint32_t>(scratch.heads.size());
    for (const std::uint32_t head : line.passage.head) scratch.heads.push_back(first + head);
    scratch.ends.push_back(first + line.passage.size());
  }
  embed(doc, words, lines, scratch);
  for (const Round& round : rounds_) round(scratch.heads, scratch.ends, scratch.x, scratch.round);
  scratch.rows.assign(scratch.x);
  link_token_(scratch.rows, scratch.tokens);
}

Reading Network::read(const Doc& doc, std::vector<Passage> passages) const {
  constexpr std::uint32_t kRows = 256;  // read together: what they need stays in the cache
  Reading reading;
  std::uint32_t rows = 0;
  for (Passage& passage : passages) {
    const std::uint32_t size = passage.size();
    reading.lines.push_back({std::move(passage), rows});
    rows += size;
  }
  reading.states.resize(rows, context_.outputs());
  reading.tokens.resize(rows, link_token_.outputs());
  const Words words = words_of(doc);
  Scratch scratch;
  const std::span<const Line> lines = reading.lines;
  for (std::size_t begin = 0, end = 0; begin < lines.size(); begin = end) {
    std::uint32_t size = 0;
    do size += lines[end++].passage.size();
    while (end < lines.size() && size + lines[end].passage.size() <= kRows);
    read_lines(doc, words, lines.subspan(begin, end - begin), scratch);
    std::ranges::copy(scratch.x.all(), reading.states.row(lines[begin].first).data());
    std::ranges::copy(scratch.tokens.all(), reading.tokens.row(lines[begin].first).data());
  }
  return reading;
}

std::vector<std::pair<TokenSpan, double>> Network::cues(const Reading& reading, TokenSpan rows,
                                                        Depth depth, double least) const {
  const Linear& head = depth == Depth::kOuter ? cue_ : inner_;
  const std::size_t width = head.inputs();
  Matrix scores(rows.size(), head.outputs());
  head.add_to({reading.states.data() + rows.begin * width, rows.size() * width}, scores.all());
  // A begin whose score lies further than this below that of none cannot be as probable as `least`.
  const double margin = std::log((1 - least) / least) + 1e-3;
  const auto probabilities = [&](std::size_t i) {
    std::array<float, 3> p{scores(i, 0), scores(i, 1), scores(i, 2)};
    neural::softmax(p);
    return p;
  };
  std::vector<std::pair<TokenSpan, double>> found;
  for (std::uint32_t i = 0; i < rows.size();) {
    const std::uint32_t begin = i++;
    if (scores(begin, 0) - scores(begin, 1) > margin) continue;
    const double begins = probabilities(begin)[1];
    if (begins < least) continue;
    const auto goes_on = [&](const auto& p) { return p[1] + p[2] > p[0]; };
    while (i < rows.size() && goes_on(probabilities(i))) ++i;
    found.emplace_back(TokenSpan{rows.begin + begin, rows.begin + i}, begins);
  }
  return found;
}

void Network::add_relations(const Doc& doc, const Reading& reading, const Cue& cue,
                            std::span<const float> of_cue, Matrix& x, std::size_t first) const {
  const std::vector<Relation> relations = relations_to(doc, *cue.part, cue.span);
  for (std::uint32_t i = 0; i < cue.part->size(); ++i) {
    const float* const rows[] = {of_cue.data(),
                                 relation_[0](relations[i][0]).data(),
                                 relation_[1](relations[i][1]).data(),
                                 relation_[2](relations[i][2]).data(),
                                 relation_[3](relations[i][3]).data(),
                                 relation_[4](relations[i][4]).data(),
                                 link_state_(cue.part->state[i]).data()};
    const std::span<float> row = x.row(first + i);
    std::ranges::copy(reading.tokens.row(cue.first + i), row.begin());
    neural::add_rows(rows, row);
  }
}

void Network::link_some(const Doc& doc, const Reading& reading, std::span<const Cue> cues,
                        Depth depth, Scratch& scratch, std::vector<Link>& out) const {
  std::vector<std::uint32_t>& ends = scratch.ends;
  ends.clear();
  for (const Cue& cue : cues) ends.push_back((ends.empty() ? 0 : ends.back()) + cue.part->size());
  Matrix& x = scratch.x;
  x.resize(ends.back(), link_token_.outputs());
  std::uint32_t first = 0;
  for (std::size_t c = 0; c < cues.size(); first = ends[c++]) {
    const std::uint32_t row = cues[c].first;
    std::vector<float> of_cue(link_cue_.outputs());
    link_cue_.add_to(mean(reading.states, {row + cues[c].span.begin, row + cues[c].span.end}),
                     of_cue);
    add(nested_(depth == Depth::kInner ? 1 : 0), of_cue);
    add_relations(doc, reading, cues[c], of_cue, x, first);
  }
  neural::relu(x.all());
  linker_({}, ends, x, scratch.round);
  const Matrix roles = role_(x);
  first = 0;
  for (std::size_t c = 0; c < cues.size(); first = ends[c++]) {
    std::vector<float> sure(1);
    valid_.add_to(mean(x, {first + cues[c].span.begin, first + cues[c].span.end}), sure);
    Link link{Matrix(ends[c] - first, roles.cols()), 1.0 / (1.0 + std::exp(-double{sure[0]}))};
    for (std::size_t i = 0; i < link.roles.rows(); ++i) {
      std::ranges::copy(roles.row(first + i), link.roles.row(i).begin());
      neural::softmax(link.roles.row(i));
    }
    out.push_back(std::move(link));
  }
}

std::vector<Link> Network::link(const Doc& doc, const Reading& reading, std::span<const Cue> cues,
                                Depth depth) const {
  constexpr std::size_t kRows = 256;  // together: what they need stays in the cache
  std::vector<Link> links;
  links.reserve(cues.size());
  Scratch scratch;
  for (std::size_t begin = 0; begin < cues.size();) {
    std::size_t end = begin + 1, rows = cues[begin].part->size();
    while (end < cues.size() && rows + cues[end].part->size() <= kRows)
      rows += cues[end++].part->size();
    link_some(doc, reading, cues.subspan(begin, end - begin), depth, scratch, links);
    begin = end;
  }
  return links;
}

bool Network::fits() const {
  const std::size_t width = context_.outputs(), narrow = link_token_.outputs();
  const Embedding* const wide[] = {&tag_,   &dep_,   &ent_,   &state_,      &lower_,
                                   &lemma_, &place_, &above_, &child_kind_, &child_lemma_};
  return word_.outputs() == width && cue_.inputs() == width && cue_.outputs() == 3 &&
         inner_.inputs() == width && inner_.outputs() == 3 && link_token_.inputs() == width &&
         link_cue_.inputs() == width && link_cue_.outputs() == narrow && role_.inputs() == narrow &&
         role_.outputs() == 3 && valid_.inputs() == narrow && valid_.outputs() == 1 &&
         linker_.width() == narrow && link_state_.width() == narrow && nested_.width() == narrow &&
         lower_.size() == lemma_.size() && above_.size() == lemma_.size() &&
         std::ranges::all_of(rounds_, [&](const Round& r) { return r.width() == width; }) &&
         std::ranges::all_of(relation_, [&](const Embedding& e) { return e.width() == narrow; }) &&
         std::ranges::all_of(wide, [&](const Embedding* e) { return e->width() == width; });
}

Result<Network> Network::load(const neural::Tensors& tensors) {
  Network n;
  const std::pair<Linear*, const char*> layers[] = {{&n.cue_, "cue"},
                                                    {&n.inner_, "inner"},
                                                    {&n.link_cue_, "link_cue"},
                                                    {&n.role_, "role"},
                                                    {&n.valid_, "valid"}};
  for (const auto& [layer, name] : layers) {
    DATELINE_TRY(*layer, Linear::load(tensors, name));
  }
  const std::pair<neural::WholeLinear*, const char*> wide[] = {
      {&n.context_, "context"}, {&n.word_, "word"}, {&n.link_token_, "link_token"}};
  for (const auto& [layer, name] : wide) {
    DATELINE_TRY(*layer, neural::WholeLinear::load(tensors, name));
  }
  const std::pair<Embedding*, const char*> tables[] = {
      {&n.tag_, "embed.tag"},         {&n.dep_, "embed.dep"},
      {&n.ent_, "embed.ent"},         {&n.state_, "embed.state"},
      {&n.lower_, "embed.lower"},     {&n.lemma_, "embed.lemma"},
      {&n.place_, "embed.place"},     {&n.above_, "embed.above"},
      {&n.child_kind_, "child.kind"}, {&n.child_lemma_, "child.lemma"},
      {&n.relation_[0], "up"},        {&n.relation_[1], "down"},
      {&n.relation_[2], "level"},     {&n.relation_[3], "distance"},
      {&n.relation_[4], "sentence"},  {&n.link_state_, "state"},
      {&n.nested_, "nested"}};
  for (const auto& [table, name] : tables) {
    DATELINE_TRY(*table, Embedding::load(tensors, name));
  }
  for (std::size_t i = 0; tensors.has("rounds." + std::to_string(i) + ".depth"); ++i) {
    DATELINE_TRY(Round round, Round::load(tensors, "rounds." + std::to_string(i),
                                          std::size_t{1} << std::min<std::size_t>(i, 8)));
    n.rounds_.push_back(std::move(round));
  }
  DATELINE_TRY(n.linker_, Round::load(tensors, "linker", 1));
  if (!n.fits()) return fail(ErrorCode::kCorrupt, "layers do not fit each other");
  return n;
}

}  // namespace dateline::attributions
