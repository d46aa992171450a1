#pragma once
// The static word vectors of a package: vocab/vectors (npy, used in place from the mapped file) and
// vocab/key2row.
#include <cstdint>
#include <span>
#include <vector>

#include "dateline/base/result.h"
#include "dateline/language/package.h"

namespace dateline::language {

// Immutable once loaded. Looking up is O(1).
class StaticVectors {
 public:
  // Packages without vectors (sm) give an empty table. kUnsupported for floret vectors.
  [[nodiscard]] static Result<StaticVectors> load(const Package& package);

  // Row of a string id, -1 for none.
  [[nodiscard]] std::int32_t row(std::uint64_t id) const;
  [[nodiscard]] std::span<const float> vector(std::int32_t row) const {
    return table_.subspan(static_cast<std::size_t>(row) * width_, width_);
  }
  [[nodiscard]] std::span<const float> table() const { return table_; }
  [[nodiscard]] std::uint32_t width() const { return width_; }
  [[nodiscard]] std::uint32_t rows() const { return rows_; }

 private:
  Result<void> read_npy(std::string_view name);
  Result<void> read_keys(std::string_view name);

  MappedFile file_;
  std::span<const float> table_;
  std::uint32_t rows_ = 0, width_ = 0;
  MappedFile keys_;
  // Open addressing by the low bits of the key, which is a hash already: where in keys_ the key and
  // its row stand; 0 is free.
  std::vector<std::uint32_t> entries_;
};

}  // namespace dateline::language
