#pragma once
// Tok2Vec: words to context vectors. Hashed embeddings of word features and static vectors, mixed
// (spaCy's MultiHashEmbed.v2), then a window encoder with residual layers (MaxoutWindowEncoder.v2).
//
// The mix depends on the word's type alone, and the first encoder layer is a sum of one product a
// position of its window before its maxout; both are kept a type in a bounded cache.
#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string_view>
#include <vector>

#include "dateline/base/result.h"
#include "dateline/language/kernels.h"
#include "dateline/language/package.h"
#include "dateline/language/static_vectors.h"

namespace dateline::language {

// What the networks see of a token: string ids and two flags.
struct WordFeatures {
  std::uint64_t orth = 0, norm = 0, lower = 0, prefix = 0, suffix = 0, shape = 0;
  bool space_after = false;
  bool is_space = false;
};

// The four rows that a 64-bit feature has in a hash table of `rows` rows (MurmurHash3_x64_128 of
// its eight bytes).
struct HashRows {
  std::uint32_t row[4];
};
[[nodiscard]] HashRows hash_rows(std::uint64_t feature, std::uint32_t seed, std::uint32_t rows);

// What a Tok2Vec remembers of word types, and its scratch memory. One per thread and Tok2Vec.
class Tok2VecCache {
 public:
  // Word types kept; about 4 KB each in the English models, taken as they come.
  static constexpr std::uint32_t kTypes = 8192;

 private:
  friend class Tok2Vec;

  struct Type {
    std::uint64_t orth = 0, norm = 0;
    std::uint64_t used = 0;  // number of the last chunk that used it; 0: free
    std::int32_t vector_row = -1;
    bool space_after = false, recent = false;
  };
  std::uint32_t find_or_claim(const WordFeatures& word, bool with_space, bool& fresh);
  void erase_from_table(std::uint32_t slot);
  [[nodiscard]] static std::uint64_t hash(const Type& type);

  std::vector<Type> types_;
  std::vector<std::uint32_t> table_;  // open addressing; slot + 1, 0 is free
  std::uint32_t hand_ = 0, filled_ = 0;
  std::uint64_t chunk_ = 0;
  FloatBuffer payload_;  // by slot: the mix, then one product a window position
  std::vector<std::uint32_t> row_slots_, fresh_slots_;
  std::vector<std::int32_t> row_vectors_;
  std::vector<const WordFeatures*> fresh_words_;
  FloatBuffer inputs_, outputs_, rows_a_, rows_b_;
};

class Tok2Vec {
 public:
  // `config` is a spacy.Tok2Vec.v2 section, `model` the file that holds its layers, whose embedding
  // tables it takes; `vectors` must outlive it. Errors name the file of the model.
  [[nodiscard]] static Result<Tok2Vec> load(const nlohmann::json& config, Model& model,
                                            const StaticVectors& vectors);

  [[nodiscard]] std::size_t width() const { return width_; }

  // Where a document's vectors lie in the result of encode(): `size` rows of width() floats.
  struct Rows {
    const float* data;
    std::size_t size;
  };
  // Vectors of several documents; they live in `cache` until its next use. The rows of a document
  // do not depend on the others, bit by bit. `vector_rows`, if not empty, has one entry a token
  // over all documents and receives the row of its static vector, or -1.
  void encode(std::span<const std::span<const WordFeatures>> docs, Tok2VecCache& cache,
              std::vector<Rows>& out, std::span<std::int32_t> vector_rows = {}) const;

 private:
  enum class Attribute : std::uint8_t {
    kOrth,
    kNorm,
    kLower,
    kPrefix,
    kSuffix,
    kShape,
    kSpacy,
    kIsSpace,
  };
  struct Embedding {
    Attribute attribute;
    std::uint32_t seed, rows;
    std::vector<float> table;
  };
  struct Layer {
    Matrix matrix;
    std::vector<float> gain, shift;
  };

  Result<void> load_embeddings(const nlohmann::json& embed, Model& model);
  Result<void> load_layers(const nlohmann::json& encode, const Model& model);
  [[nodiscard]] std::size_t payload_size() const {
    return width_ + (2 * window_ + 1) * pieces_ * width_;
  }
  [[nodiscard]] MaxoutNorm norm_of(const Layer& layer) const {
    return {width_, pieces_, layer.gain.data(), layer.shift.data()};
  }
  void embed_fresh(Tok2VecCache& cache) const;
  void first_layer(std::span<const WordFeatures* const> words, Tok2VecCache& cache,
                   float* out) const;

  std::size_t width_ = 0, window_ = 0, depth_ = 0, pieces_ = 0, mix_pieces_ = 0;
  std::vector<Embedding> embeddings_;
  const StaticVectors* vectors_ = nullptr;  // null when the network takes none
  Matrix static_;
  Layer mix_;
  Matrix first_;  // the first encoder layer as one product a window position, bias in the middle
  std::vector<Layer> encoder_;
  bool with_space_ = false;  // does a type differ by the space after it?
};

}  // namespace dateline::language
