#include "dateline/neural/tensors.h"

#include <fmt/format.h>

#include <bit>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

namespace dateline::neural {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxFile = std::size_t{1} << 30;

std::uint64_t read_u64(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 8; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

std::uint32_t read_u16(const char* at) {
  return static_cast<std::uint32_t>(static_cast<unsigned char>(at[0]) |
                                    static_cast<unsigned char>(at[1]) << 8);
}

// IEEE 754 binary16 to binary32, exact for every value.
float from_half(std::uint32_t half) {
  const std::uint32_t sign = (half & 0x8000U) << 16, fraction = half & 0x3FFU;
  const std::uint32_t exponent = half >> 10 & 0x1FU;
  if (exponent == 31) return std::bit_cast<float>(sign | 0x7F800000U | fraction << 13);
  if (exponent != 0) return std::bit_cast<float>(sign | (exponent + 112) << 23 | fraction << 13);
  const float tiny = static_cast<float>(fraction) * 0x1p-24F;  // subnormal
  return sign ? -tiny : tiny;
}

float from_bytes(const char* at, std::string_view type) {
  if (type == "F16") return from_half(read_u16(at));
  if (type == "BF16") return std::bit_cast<float>(read_u16(at) << 16);
  return std::bit_cast<float>(read_u16(at) | read_u16(at + 2) << 16);
}

std::size_t width_of(std::string_view type) {
  if (type == "F16" || type == "BF16") return 2;
  return type == "F32" ? 4 : 0;
}

std::optional<std::size_t> size_at(const Json& value) {
  if (!value.is_number_unsigned()) return std::nullopt;
  return value.get<std::size_t>();
}

// One entry of the header; nothing when it does not fit `data`.
std::optional<Tensor> read_tensor(const Json& entry, std::string_view data) {
  if (!entry.is_object() || !entry.contains("dtype") || !entry["dtype"].is_string() ||
      !entry.contains("shape") || !entry["shape"].is_array() || !entry.contains("data_offsets") ||
      !entry["data_offsets"].is_array() || entry["data_offsets"].size() != 2)
    return std::nullopt;
  const auto type = entry["dtype"].get<std::string>();
  const auto begin = size_at(entry["data_offsets"][0]), end = size_at(entry["data_offsets"][1]);
  const std::size_t width = width_of(type);
  if (!begin || !end || *begin > *end || *end > data.size() || width == 0) return std::nullopt;
  Tensor tensor;
  std::size_t count = 1;
  for (const Json& dimension : entry["shape"]) {
    const auto size = size_at(dimension);
    if (!size || (*size != 0 && count > kMaxFile / *size)) return std::nullopt;
    count *= *size;
    tensor.shape.push_back(*size);
  }
  if (count * width != *end - *begin) return std::nullopt;
  tensor.data.resize(count);
  for (std::size_t i = 0; i < count; ++i)
    tensor.data[i] = from_bytes(data.data() + *begin + i * width, type);
  return tensor;
}

std::string shape_text(const std::vector<std::size_t>& shape) {
  std::string text;
  for (const std::size_t size : shape) text += fmt::format("{}{}", text.empty() ? "" : "x", size);
  return text;
}

}  // namespace

Result<Tensors> Tensors::parse(std::string_view bytes, const std::string& origin) {
  if (bytes.size() < 8)
    return fail(ErrorCode::kCorrupt, fmt::format("{}: too short for weights", origin));
  const std::uint64_t length = read_u64(bytes);
  if (length > bytes.size() - 8)
    return fail(ErrorCode::kCorrupt, fmt::format("{}: header is longer than the file", origin));
  const auto header = bytes.substr(8, static_cast<std::size_t>(length));
  const auto data = bytes.substr(8 + static_cast<std::size_t>(length));
  const Json json = Json::parse(header, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object())
    return fail(ErrorCode::kCorrupt, fmt::format("{}: header is not a JSON object", origin));
  Tensors tensors;
  tensors.origin_ = origin;
  for (const auto& [name, entry] : json.items()) {
    if (name == "__metadata__") {
      for (const auto& [key, value] : entry.items())
        if (value.is_string()) tensors.metadata_[key] = value.get<std::string>();
      continue;
    }
    auto tensor = read_tensor(entry, data);
    if (!tensor)
      return fail(ErrorCode::kCorrupt, fmt::format("{}: tensor '{}' is not sound", origin, name));
    tensors.tensors_.emplace(name, *std::move(tensor));
  }
  return tensors;
}

Result<Tensor> Tensors::get(std::string_view name) const {
  const auto found = tensors_.find(name);
  if (found == tensors_.end())
    return fail(ErrorCode::kCorrupt, fmt::format("{}: no tensor '{}'", origin_, name));
  return found->second;
}

Result<std::vector<float>> Tensors::vector(std::string_view name, std::size_t size) const {
  DATELINE_TRY(Tensor tensor, get(name));
  if (tensor.shape.size() != 1 || tensor.data.size() != size)
    return fail(ErrorCode::kCorrupt, fmt::format("{}: '{}' is {}, not {}", origin_, name,
                                                 shape_text(tensor.shape), size));
  return std::move(tensor.data);
}

Result<Matrix> Tensors::matrix(std::string_view name) const {
  DATELINE_TRY(Tensor tensor, get(name));
  if (tensor.shape.size() != 2)
    return fail(ErrorCode::kCorrupt, fmt::format("{}: '{}' is {}, not a matrix", origin_, name,
                                                 shape_text(tensor.shape)));
  return Matrix(tensor.shape[0], tensor.shape[1], tensor.data);
}

Result<Matrix> Tensors::matrix(std::string_view name, std::size_t rows, std::size_t cols) const {
  DATELINE_TRY(Matrix found, matrix(name));
  if (found.rows() != rows || found.cols() != cols)
    return fail(ErrorCode::kCorrupt, fmt::format("{}: '{}' is {}x{}, not {}x{}", origin_, name,
                                                 found.rows(), found.cols(), rows, cols));
  return found;
}

std::string Tensors::metadata(std::string_view key) const {
  const auto found = metadata_.find(key);
  return found == metadata_.end() ? std::string() : found->second;
}

std::vector<std::string> Tensors::names() const {
  std::vector<std::string> names;
  for (const auto& [name, tensor] : tensors_) names.push_back(name);
  return names;
}

Result<Tensors> load(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  if (!file) return fail(ErrorCode::kNotFound, fmt::format("{}: cannot be opened", path));
  std::string bytes;
  char buffer[1 << 16];
  for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, file.get())) > 0;) {
    bytes.append(buffer, n);
    if (bytes.size() > kMaxFile)
      return fail(ErrorCode::kUnsupported, fmt::format("{}: more than 1 GiB", path));
  }
  if (std::ferror(file.get())) return fail(ErrorCode::kIo, fmt::format("{}: cannot be read", path));
  return Tensors::parse(bytes, path);
}

}  // namespace dateline::neural
