#pragma once
// Tensors: the named arrays of a weights.safetensors file.
//
// Format: github.com/huggingface/safetensors (8 bytes little-endian length, a JSON header, the
// numbers). Everything that the header says is checked against the file before it is used; numbers
// of type F32, F16 and BF16 are read, as float32.
#include <cstddef>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/base/result.h"
#include "dateline/neural/matrix.h"

namespace dateline::neural {

struct Tensor {
  std::vector<std::size_t> shape;  // empty for a single number
  std::vector<float> data;         // row-major; as many as the product of shape
};

// Immutable once loaded.
class Tensors {
 public:
  // `origin` stands in the messages of errors.
  static Result<Tensors> parse(std::string_view bytes, const std::string& origin);

  [[nodiscard]] bool has(std::string_view name) const { return tensors_.contains(name); }
  // kCorrupt when there is none of that name, or its shape is another.
  [[nodiscard]] Result<Tensor> get(std::string_view name) const;
  [[nodiscard]] Result<std::vector<float>> vector(std::string_view name, std::size_t size) const;
  // Two-dimensional, of any size; kCorrupt for other shapes.
  [[nodiscard]] Result<Matrix> matrix(std::string_view name) const;
  [[nodiscard]] Result<Matrix> matrix(std::string_view name, std::size_t rows,
                                      std::size_t cols) const;
  // What `__metadata__` says under `key`, "" when it says nothing.
  [[nodiscard]] std::string metadata(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::string origin_;
  std::map<std::string, Tensor, std::less<>> tensors_;
  std::map<std::string, std::string, std::less<>> metadata_;
};

// The tensors of the file at `path`. kNotFound when it cannot be opened, kCorrupt when it is not
// what it should be. Files of more than 1 GiB are refused.
[[nodiscard]] Result<Tensors> load(const std::string& path);

}  // namespace dateline::neural
