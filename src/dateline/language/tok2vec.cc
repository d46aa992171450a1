#include "dateline/language/tok2vec.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>
#include <numeric>

#include "dateline/language/config.h"

namespace dateline::language {
namespace {

using nlohmann::json;

constexpr std::uint32_t kPadding = ~0U;  // no slot: a row of zeros
constexpr std::size_t kChunk = 480;      // rows whose types are looked up together
constexpr std::size_t kBlock = 96;       // rows of one product of the encoder

auto corrupt(const Model& model, std::string_view what) {
  return fail(ErrorCode::kCorrupt, model.name() + ": " + std::string(what));
}

std::uint64_t mix64(std::uint64_t k) {
  k = (k ^ k >> 33) * 0xFF51AFD7ED558CCDULL;
  k = (k ^ k >> 33) * 0xC4CEB9FE1A85EC53ULL;
  return k ^ k >> 33;
}

// The unsigned number at a path of the configuration; 0 when there is none.
std::size_t number_at(const json& config, std::string_view path) {
  const json* value = find_path(config, path);
  return value != nullptr && value->is_number_unsigned() ? value->get<std::size_t>() : 0;
}

std::string text_at(const json& config, std::string_view path) {
  const json* value = find_path(config, path);
  return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

// Row p * width + o of the result is row o * pieces + p of thinc's (o, p, i) weights.
std::vector<std::uint32_t> pieces_first(std::size_t width, std::size_t pieces) {
  std::vector<std::uint32_t> order;
  for (std::size_t p = 0; p < pieces; ++p) {
    for (std::size_t o = 0; o < width; ++o) {
      order.push_back(static_cast<std::uint32_t>(o * pieces + p));
    }
  }
  return order;
}

}  // namespace

HashRows hash_rows(std::uint64_t feature, std::uint32_t seed, std::uint32_t rows) {
  std::uint64_t h1 = std::rotl(feature * 0x87C37B91114253D5ULL, 31) * 0x4CF5AD432745937FULL;
  std::uint64_t h2 = std::uint64_t{seed} ^ 8;
  h1 ^= h2;
  h1 += h2;
  h2 += h1;
  h1 = mix64(h1);
  h2 = mix64(h2);
  h1 += h2;
  h2 += h1;
  const auto row = [rows](std::uint64_t h) { return static_cast<std::uint32_t>(h) % rows; };
  return {{row(h1), row(h1 >> 32), row(h2), row(h2 >> 32)}};
}

// Cache ------------------------------------------------------------------------------------------

std::uint64_t Tok2VecCache::hash(const Type& type) {
  return mix64(type.orth ^ std::rotl(type.norm, 23) ^ (type.space_after ? 0x9E3779B97F4A7C15U : 0));
}

// The slot of the word's type; a new one, emptied, when it was not there.
std::uint32_t Tok2VecCache::find_or_claim(const WordFeatures& word, bool with_space, bool& fresh) {
  const Type wanted{word.orth, word.norm, chunk_, -1, with_space && word.space_after, true};
  const std::size_t mask = table_.size() - 1;
  std::size_t at = hash(wanted) & mask;
  for (; table_[at] != 0; at = (at + 1) & mask) {
    Type& type = types_[table_[at] - 1];
    if (type.orth == wanted.orth && type.norm == wanted.norm &&
        type.space_after == wanted.space_after) {
      type.used = chunk_;
      type.recent = true;
      fresh = false;
      return table_[at] - 1;
    }
  }
  fresh = true;
  std::uint32_t slot = filled_;
  if (filled_ < kTypes) {
    ++filled_;
  } else {
    // The clock: what was used since the hand last came by stays for one more round.
    while (types_[hand_].used == chunk_ || types_[hand_].recent) {
      types_[hand_].recent = false;
      hand_ = (hand_ + 1) % kTypes;
    }
    slot = hand_;
    hand_ = (hand_ + 1) % kTypes;
    erase_from_table(slot);
    at = hash(wanted) & mask;
    while (table_[at] != 0) at = (at + 1) & mask;
  }
  types_[slot] = wanted;
  table_[at] = slot + 1;
  return slot;
}

void Tok2VecCache::erase_from_table(std::uint32_t slot) {
  const std::size_t mask = table_.size() - 1;
  std::size_t hole = hash(types_[slot]) & mask;
  while (table_[hole] != slot + 1) hole = (hole + 1) & mask;
  // Moves later entries of the run back, so that none is cut off from its place.
  for (std::size_t at = (hole + 1) & mask; table_[at] != 0; at = (at + 1) & mask) {
    const std::size_t home = hash(types_[table_[at] - 1]) & mask;
    if (((at - home) & mask) >= ((at - hole) & mask)) {
      table_[hole] = table_[at];
      hole = at;
    }
  }
  table_[hole] = 0;
}

// Loading ----------------------------------------------------------------------------------------

Result<Tok2Vec> Tok2Vec::load(const json& config, Model& model, const StaticVectors& vectors) {
  const auto check = [&](std::string_view path, std::string_view wanted) -> Result<void> {
    const std::string found = text_at(config, path);
    if (found == wanted) return {};
    return fail(ErrorCode::kUnsupported, model.name() + ": the layer " + found +
                                             " is not known (only " + std::string(wanted) + " is)");
  };
  DATELINE_DO(check("@architectures", "spacy.Tok2Vec.v2"));
  DATELINE_DO(check("embed.@architectures", "spacy.MultiHashEmbed.v2"));
  DATELINE_DO(check("encode.@architectures", "spacy.MaxoutWindowEncoder.v2"));
  Tok2Vec tok2vec;
  tok2vec.width_ = number_at(config, "encode.width");
  if (tok2vec.width_ == 0 || tok2vec.width_ > kMaxWidth || tok2vec.width_ % 16 != 0 ||
      number_at(config, "embed.width") != tok2vec.width_) {
    return fail(ErrorCode::kUnsupported,
                model.name() + ": a width that is not a multiple of 16 up to 1024");
  }
  const json* use_vectors = find_path(config, "embed.include_static_vectors");
  if (use_vectors != nullptr && *use_vectors == true) {
    tok2vec.vectors_ = &vectors;
    const auto nodes = model.named("static_vectors");
    const Array* w = nodes.size() == 1 ? nodes[0]->param("W") : nullptr;
    if (w == nullptr || !w->has_shape({tok2vec.width_, vectors.width()})) {
      return corrupt(model, "static_vectors do not fit the vectors of the package");
    }
    std::vector<std::uint32_t> order(tok2vec.width_);
    std::iota(order.begin(), order.end(), 0U);
    tok2vec.static_ = Matrix(w->data.data(), vectors.width(), vectors.width(), {}, order);
  }
  DATELINE_DO(tok2vec.load_embeddings(*find_path(config, "embed"), model));
  DATELINE_DO(tok2vec.load_layers(*find_path(config, "encode"), model));
  return tok2vec;
}

Result<void> Tok2Vec::load_embeddings(const json& embed, Model& model) {
  static constexpr std::string_view kNames[] = {"ORTH",   "NORM",  "LOWER", "PREFIX",
                                                "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"};
  const json attrs = embed.value("attrs", json::array());
  const json rows = embed.value("rows", json::array());
  const auto nodes = model.named("hashembed");
  const auto extract = model.named("extract_features");
  if (!attrs.is_array() || attrs.empty() || nodes.size() != attrs.size() ||
      rows.size() != attrs.size() || extract.size() != 1 || attrs != json(extract[0]->columns)) {
    return corrupt(model, "its hash embeddings are not those of config.cfg");
  }
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto name = std::find(std::begin(kNames), std::end(kNames), attrs[i]);
    if (name == std::end(kNames)) {
      return fail(ErrorCode::kUnsupported,
                  model.name() + ": the attribute " + attrs[i].dump() + " is not known");
    }
    const Array* e = nodes[i]->param("E");
    const auto seed = nodes[i]->ints.find("seed");
    if (e == nullptr || !rows[i].is_number_unsigned() || rows[i] == 0 ||
        !e->has_shape({rows[i].get<std::size_t>(), width_}) || seed == nodes[i]->ints.end()) {
      return corrupt(model, "a hash embedding is not the one of config.cfg");
    }
    embeddings_.push_back({static_cast<Attribute>(name - std::begin(kNames)),
                           static_cast<std::uint32_t>(seed->second), rows[i].get<std::uint32_t>(),
                           model.take(nodes[i], "E")});
    with_space_ = with_space_ || embeddings_.back().attribute == Attribute::kSpacy;
  }
  return {};
}

Result<void> Tok2Vec::load_layers(const json& encode, const Model& model) {
  window_ = number_at(encode, "window_size");
  depth_ = number_at(encode, "depth");
  pieces_ = number_at(encode, "maxout_pieces");
  const auto nodes = model.named("maxout");
  if (window_ == 0 || window_ > 8 || depth_ == 0 || depth_ > 64 || nodes.size() != depth_ + 1) {
    return corrupt(model, "its encoder is not the one of config.cfg");
  }
  const std::size_t mix_inputs = width_ * (embeddings_.size() + (vectors_ == nullptr ? 0 : 1));
  const std::size_t span = 2 * window_ + 1;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const std::size_t inputs = i == 0 ? mix_inputs : span * width_;
    const ModelNode* norm = model.after(nodes[i]);
    const Array* w = nodes[i]->param("W");
    const Array* b = nodes[i]->param("b");
    const Array* gain = norm == nullptr ? nullptr : norm->param("G");
    const Array* shift = norm == nullptr ? nullptr : norm->param("b");
    if (w == nullptr || w->shape.size() != 3 || b == nullptr || gain == nullptr ||
        shift == nullptr) {
      return corrupt(model, "a maxout layer lacks its weights");
    }
    const std::size_t pieces = w->shape[1];
    if (i == 0) mix_pieces_ = pieces;
    if (pieces == 0 || (i > 0 && pieces != pieces_) || !w->has_shape({width_, pieces, inputs}) ||
        !b->has_shape({width_, pieces}) || !gain->has_shape({width_}) ||
        !shift->has_shape({width_})) {
      return corrupt(model, "a maxout layer is not the one of config.cfg");
    }
    const auto order = pieces_first(width_, pieces);
    Layer layer{Matrix(w->data.data(), inputs, inputs, b->data, order), gain->data, shift->data};
    if (i == 1) {
      // All window positions side by side: row (j, p, o) takes the j-th part of the inputs.
      std::vector<float> parts(span * pieces * width_ * width_), bias(span * pieces * width_);
      for (std::size_t j = 0; j < span; ++j) {
        for (std::size_t n = 0; n < order.size(); ++n) {
          const std::size_t row = j * order.size() + n;
          std::copy_n(&w->data[order[n] * inputs + j * width_], width_, &parts[row * width_]);
          if (j == window_) bias[row] = b->data[order[n]];
        }
      }
      std::vector<std::uint32_t> plain(bias.size());
      std::iota(plain.begin(), plain.end(), 0U);
      first_ = Matrix(parts.data(), width_, width_, bias, plain);
    }
    if (i == 0) {
      mix_ = std::move(layer);
    } else {
      encoder_.push_back(std::move(layer));
    }
  }
  return {};
}

// Running ----------------------------------------------------------------------------------------

// Fills the slots of fresh_slots_ from fresh_words_.
void Tok2Vec::embed_fresh(Tok2VecCache& cache) const {
  const std::size_t count = cache.fresh_slots_.size();
  const std::size_t columns = embeddings_.size() + (vectors_ == nullptr ? 0 : 1);
  const std::size_t inputs = columns * width_;
  const std::size_t vector_width = vectors_ == nullptr ? 0 : vectors_->width();
  const std::size_t outputs =
      std::max({mix_.matrix.padded(), first_.padded(), vectors_ == nullptr ? 0 : static_.padded()});
  cache.inputs_.reserve(count * (inputs + vector_width + width_));
  cache.outputs_.reserve(count * outputs);
  float* x = cache.inputs_.data();
  float* statics = x + count * inputs;
  float* mixes = statics + count * vector_width;
  float* y = cache.outputs_.data();
  for (std::size_t i = 0; i < count; ++i) {
    const WordFeatures& word = *cache.fresh_words_[i];
    const std::uint64_t values[] = {word.orth,
                                    word.norm,
                                    word.lower,
                                    word.prefix,
                                    word.suffix,
                                    word.shape,
                                    word.space_after ? 1U : 0U,
                                    word.is_space ? 1U : 0U};
    for (std::size_t c = 0; c < embeddings_.size(); ++c) {
      const Embedding& e = embeddings_[c];
      const HashRows rows =
          hash_rows(values[static_cast<std::size_t>(e.attribute)], e.seed, e.rows);
      const float* parts[4];
      for (int k = 0; k < 4; ++k) parts[k] = e.table.data() + rows.row[k] * width_;
      add_rows(parts, width_, x + i * inputs + c * width_);
    }
    if (vectors_ == nullptr) continue;
    const std::int32_t row = vectors_->row(word.orth);
    cache.types_[cache.fresh_slots_[i]].vector_row = row;
    if (row < 0) {
      std::fill_n(statics + i * vector_width, vector_width, 0.0F);
    } else {
      std::memcpy(statics + i * vector_width, vectors_->vector(row).data(),
                  vector_width * sizeof(float));
    }
  }
  if (vectors_ != nullptr) {
    multiply(static_, statics, vector_width, count, y, static_.padded());
    for (std::size_t i = 0; i < count; ++i) {
      std::memcpy(x + i * inputs + embeddings_.size() * width_, y + i * static_.padded(),
                  width_ * sizeof(float));
    }
  }
  multiply(mix_.matrix, x, inputs, count, y, mix_.matrix.padded());
  maxout_norm({width_, mix_pieces_, mix_.gain.data(), mix_.shift.data()}, y, mix_.matrix.padded(),
              count, nullptr, mixes, width_);
  multiply(first_, mixes, width_, count, y, first_.padded());
  const std::size_t size = payload_size();
  for (std::size_t i = 0; i < count; ++i) {
    float* payload = cache.payload_.data() + cache.fresh_slots_[i] * size;
    std::memcpy(payload, mixes + i * width_, width_ * sizeof(float));
    std::memcpy(payload + width_, y + i * first_.padded(), (size - width_) * sizeof(float));
  }
}

// Layer 1 of all rows from the cached products; a null word is a padding row.
void Tok2Vec::first_layer(std::span<const WordFeatures* const> words, Tok2VecCache& cache,
                          float* out) const {
  const std::size_t size = payload_size(), wide = pieces_ * width_;
  // The slot after the last is the padding's: zeros, and the bias in the middle.
  const float* padding = cache.payload_.data() + Tok2VecCache::kTypes * size;
  const auto payload = [&](std::uint32_t slot) {
    return slot == kPadding ? padding : cache.payload_.data() + slot * size;
  };
  std::vector<const float*> parts(2 * window_ + 1);
  for (std::size_t begin = 0; begin < words.size(); begin += kChunk) {
    const std::size_t end = std::min(words.size(), begin + kChunk);
    const std::size_t from = begin - std::min(begin, window_);
    const std::size_t to = std::min(words.size(), end + window_);
    ++cache.chunk_;
    cache.fresh_slots_.clear();
    cache.fresh_words_.clear();
    for (std::size_t r = from; r < to; ++r) {
      bool fresh = false;
      cache.row_slots_[r] =
          words[r] == nullptr ? kPadding : cache.find_or_claim(*words[r], with_space_, fresh);
      if (fresh) {
        cache.fresh_slots_.push_back(cache.row_slots_[r]);
        cache.fresh_words_.push_back(words[r]);
      }
    }
    if (!cache.fresh_slots_.empty()) embed_fresh(cache);
    cache.outputs_.reserve(kChunk * wide);
    float* y = cache.outputs_.data();
    float* rows = out + begin * width_;
    for (std::size_t r = begin; r < end; ++r) {
      for (std::size_t j = 0; j <= 2 * window_; ++j) {
        const std::size_t at = r + j;  // of row at - window_
        const bool inside = at >= window_ && at - window_ < words.size();
        parts[j] = payload(inside ? cache.row_slots_[at - window_] : kPadding) + width_ + j * wide;
      }
      add_rows(parts, wide, y + (r - begin) * wide);
      cache.row_vectors_[r] =
          cache.row_slots_[r] == kPadding ? -1 : cache.types_[cache.row_slots_[r]].vector_row;
      std::memcpy(rows + (r - begin) * width_, payload(cache.row_slots_[r]),
                  width_ * sizeof(float));
    }
    maxout_norm(norm_of(encoder_[0]), y, wide, end - begin, rows, rows, width_);
  }
}

void Tok2Vec::encode(std::span<const std::span<const WordFeatures>> docs, Tok2VecCache& cache,
                     std::vector<Rows>& out, std::span<std::int32_t> vector_rows) const {
  const std::size_t pad = window_ * depth_, size = payload_size();
  if (cache.types_.empty()) {
    cache.types_.resize(Tok2VecCache::kTypes);
    cache.table_.assign(2 * std::bit_ceil(std::size_t{Tok2VecCache::kTypes}), 0);
    cache.payload_.reserve((Tok2VecCache::kTypes + 1) * size);
    float* padding = cache.payload_.data() + Tok2VecCache::kTypes * size;
    std::fill_n(padding, size, 0.0F);
    std::memcpy(padding + width_ + window_ * pieces_ * width_, encoder_[0].matrix.bias(),
                pieces_ * width_ * sizeof(float));
  }
  // Rows: padding, then each document and padding after it.
  std::vector<const WordFeatures*> words(pad, nullptr);
  out.clear();
  std::vector<std::size_t> first_rows;
  for (const auto& doc : docs) {
    first_rows.push_back(words.size());
    if (doc.empty()) continue;
    for (const WordFeatures& word : doc) words.push_back(&word);
    words.insert(words.end(), pad, nullptr);
  }
  const std::size_t rows = words.size();
  if (cache.row_slots_.size() < rows) {
    cache.row_slots_.resize(rows);
    cache.row_vectors_.resize(rows);
  }
  // window_ rows of zeros stand before and after the rows of each buffer.
  cache.rows_a_.reserve((rows + 2 * window_) * width_);
  cache.rows_b_.reserve((rows + 2 * window_) * width_);
  float* now = cache.rows_a_.data();
  float* next = cache.rows_b_.data();
  for (float* buffer : {now, next}) {
    std::fill_n(buffer, window_ * width_, 0.0F);
    std::fill_n(buffer + (window_ + rows) * width_, window_ * width_, 0.0F);
  }
  first_layer(words, cache, now + window_ * width_);
  for (std::size_t layer = 1; layer < depth_; ++layer) {
    const Matrix& matrix = encoder_[layer].matrix;
    cache.outputs_.reserve(kBlock * matrix.padded());
    for (std::size_t row = 0; row < rows; row += kBlock) {
      const std::size_t count = std::min(kBlock, rows - row);
      multiply(matrix, now + row * width_, width_, count, cache.outputs_.data(), matrix.padded());
      maxout_norm(norm_of(encoder_[layer]), cache.outputs_.data(), matrix.padded(), count,
                  now + (window_ + row) * width_, next + (window_ + row) * width_, width_);
    }
    std::swap(now, next);
  }
  for (std::size_t d = 0; d < docs.size(); ++d) {
    out.push_back({now + (window_ + first_rows[d]) * width_, docs[d].size()});
  }
  if (!vector_rows.empty()) {
    std::size_t token = 0;
    for (std::size_t r = 0; r < rows; ++r) {
      if (words[r] != nullptr) vector_rows[token++] = cache.row_vectors_[r];
    }
  }
}

}  // namespace dateline::language
