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

std::span<float> all(Matrix& x) { return {x.data(), x.rows() * x.cols()}; }

// Mean of some rows.
std::vector<float> mean(const Matrix& x, TokenSpan rows) {
  std::vector<float> sum(x.cols());
  for (std::uint32_t i = rows.begin; i < rows.end; ++i) add(x.row(i), sum);
  for (float& value : sum) value /= static_cast<float>(std::max(rows.size(), 1U));
  return sum;
}

}  // namespace

// The products of the static vectors, each word's made once.
void Network::add_words(const Doc& doc, const Reading& reading, Matrix& x) const {
  std::vector<std::pair<std::int32_t, std::uint32_t>> uses;  // row of the vector table, row of x
  std::vector<std::uint32_t> token_of(x.rows());
  for (const Line& line : reading.lines)
    for (std::uint32_t i = 0; i < line.passage.size(); ++i) {
      const std::uint32_t token = line.passage.tokens.begin + i;
      token_of[line.first + i] = token;
      if (doc.vector(token).size() == word_.inputs())
        uses.emplace_back(doc.vector_row(token), line.first + i);
    }
  std::ranges::sort(uses);
  std::vector<float> vectors;
  std::size_t words = 0;
  for (std::size_t i = 0; i < uses.size(); ++i) {
    if (i > 0 && uses[i].first == uses[i - 1].first) continue;
    const std::span<const float> vector = doc.vector(token_of[uses[i].second]);
    vectors.insert(vectors.end(), vector.begin(), vector.end());
    ++words;
  }
  const Matrix products = word_(Matrix(words, word_.inputs(), std::move(vectors)));
  std::size_t word = 0;
  for (std::size_t i = 0; i < uses.size(); ++i) {
    if (i > 0 && uses[i].first != uses[i - 1].first) ++word;
    add(products.row(word), x.row(uses[i].second));
  }
}

void Network::add_features(const Line& line, Matrix& x) const {
  const Passage& passage = line.passage;
  const std::size_t width = x.cols();
  for (std::uint32_t i = 0; i < passage.size(); ++i) {
    const float* const tag = tag_(passage.tag[i]).data();
    const float* const dep = dep_(passage.dep[i]).data();
    const float* const ent = ent_(passage.ent[i]).data();
    const float* const state = state_(passage.state[i]).data();
    const float* const lower = lower_(passage.lower[i]).data();
    const float* const lemma = lemma_(passage.lemma[i]).data();
    const float* const place = place_(passage.place).data();
    const float* const above = above_(passage.lemma[passage.head[i]]).data();
    float* const row = x.row(line.first + i).data();
    for (std::size_t k = 0; k < width; ++k)
      row[k] += tag[k] + dep[k] + ent[k] + state[k] + lower[k] + lemma[k] + place[k] + above[k];
  }
}

void Network::add_children(const Line& line, Matrix& x) const {
  const Passage& passage = line.passage;
  const auto tags = static_cast<std::uint32_t>(tag_.size());
  for (std::uint32_t i = 0; i < passage.size(); ++i) {
    if (passage.head[i] == i) continue;
    const std::span<float> head = x.row(line.first + passage.head[i]);
    add(child_kind_(passage.dep[i] * tags + passage.tag[i]), head);
    add(child_lemma_((passage.lemma[i] * 31 + passage.dep[i]) % buckets()), head);
  }
}

// The sum of everything known of each token, of its head and of its children.
Matrix Network::embed(const Doc& doc, const Reading& reading) const {
  const std::size_t rows =
      reading.lines.empty() ? 0 : reading.lines.back().first + reading.lines.back().passage.size();
  Matrix seen(rows, context_.inputs());
  for (const Line& line : reading.lines)
    for (std::uint32_t i = 0; i < line.passage.size(); ++i)
      std::ranges::copy(doc.context(line.passage.tokens.begin + i),
                        seen.row(line.first + i).begin());
  Matrix x = context_(seen);
  add_words(doc, reading, x);
  for (const Line& line : reading.lines) {
    add_features(line, x);
    add_children(line, x);
  }
  neural::relu(all(x));
  return x;
}

Reading Network::read(const Doc& doc, std::vector<Passage> passages) const {
  Reading reading;
  std::vector<std::uint32_t> heads, ends;
  for (Passage& passage : passages) {
    const auto first = static_cast<std::uint32_t>(heads.size());
    for (const std::uint32_t head : passage.head) heads.push_back(first + head);
    ends.push_back(first + passage.size());
    reading.lines.push_back({std::move(passage), first});
  }
  reading.states = embed(doc, reading);
  for (const Round& round : rounds_) round(heads, ends, reading.states);
  reading.tokens = link_token_(reading.states);
  return reading;
}

std::vector<std::pair<TokenSpan, double>> Network::cues(const Reading& reading, TokenSpan rows,
                                                        Depth depth, double least) const {
  const Linear& head = depth == Depth::kOuter ? cue_ : inner_;
  const std::size_t width = head.inputs();
  Matrix scores(rows.size(), head.outputs());
  head.add_to({reading.states.data() + rows.begin * width, rows.size() * width}, all(scores));
  for (std::size_t i = 0; i < scores.rows(); ++i) neural::softmax(scores.row(i));
  std::vector<std::pair<TokenSpan, double>> found;
  for (std::uint32_t i = 0; i < rows.size();) {
    const double begins = scores(i, 1);
    TokenSpan span{rows.begin + i, rows.begin + i + 1};
    ++i;
    if (begins < least) continue;
    while (i < rows.size() && scores(i, 1) + scores(i, 2) > scores(i, 0)) ++i;
    span.end = rows.begin + i;
    found.emplace_back(span, begins);
  }
  return found;
}

void Network::add_relations(const Doc& doc, const Reading& reading, const Cue& cue,
                            std::span<const float> of_cue, Matrix& x, std::size_t first) const {
  const std::vector<Relation> relations = relations_to(doc, cue.part, cue.span);
  const std::size_t width = x.cols();
  for (std::uint32_t i = 0; i < cue.part.size(); ++i) {
    const float* const token = reading.tokens.row(cue.first + i).data();
    const float* const up = relation_[0](relations[i][0]).data();
    const float* const down = relation_[1](relations[i][1]).data();
    const float* const level = relation_[2](relations[i][2]).data();
    const float* const distance = relation_[3](relations[i][3]).data();
    const float* const sentence = relation_[4](relations[i][4]).data();
    const float* const state = link_state_(cue.part.state[i]).data();
    float* const row = x.row(first + i).data();
    for (std::size_t k = 0; k < width; ++k)
      row[k] = std::max(0.0F, token[k] + of_cue[k] + up[k] + down[k] + level[k] + distance[k] +
                                  sentence[k] + state[k]);
  }
}

void Network::link_some(const Doc& doc, const Reading& reading, std::span<const Cue> cues,
                        Depth depth, std::vector<Link>& out) const {
  std::vector<std::uint32_t> ends;
  for (const Cue& cue : cues) ends.push_back((ends.empty() ? 0 : ends.back()) + cue.part.size());
  Matrix x(ends.back(), link_token_.outputs());
  std::uint32_t first = 0;
  for (std::size_t c = 0; c < cues.size(); first = ends[c++]) {
    const std::uint32_t row = cues[c].first;
    std::vector<float> of_cue(link_cue_.outputs());
    link_cue_.add_to(mean(reading.states, {row + cues[c].span.begin, row + cues[c].span.end}),
                     of_cue);
    add(nested_(depth == Depth::kInner ? 1 : 0), of_cue);
    add_relations(doc, reading, cues[c], of_cue, x, first);
  }
  linker_({}, ends, x);
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
  constexpr std::size_t kRows = 2048;  // together, which bounds the memory
  std::vector<Link> links;
  links.reserve(cues.size());
  for (std::size_t begin = 0; begin < cues.size();) {
    std::size_t end = begin + 1, rows = cues[begin].part.size();
    while (end < cues.size() && rows + cues[end].part.size() <= kRows)
      rows += cues[end++].part.size();
    link_some(doc, reading, cues.subspan(begin, end - begin), depth, links);
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
  const std::pair<Linear*, const char*> layers[] = {{&n.context_, "context"},
                                                    {&n.word_, "word"},
                                                    {&n.cue_, "cue"},
                                                    {&n.inner_, "inner"},
                                                    {&n.link_token_, "link_token"},
                                                    {&n.link_cue_, "link_cue"},
                                                    {&n.role_, "role"},
                                                    {&n.valid_, "valid"}};
  for (const auto& [layer, name] : layers) {
    DATELINE_TRY(*layer, Linear::load(tensors, name));
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
