#include "dateline/language/static_vectors.h"

#include <bit>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "dateline/base/ascii.h"
#include "dateline/language/msgpack.h"

namespace dateline::language {
namespace {

// The two numbers of "'shape': (20000, 300)," in an npy header.
std::optional<std::pair<std::uint32_t, std::uint32_t>> npy_shape(std::string_view header) {
  const std::size_t begin = header.find("'shape': (");
  if (begin == std::string_view::npos) return std::nullopt;
  header.remove_prefix(begin + 10);
  header = header.substr(0, header.find(')'));
  const std::size_t comma = header.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const auto rows = to_number<std::uint32_t>(trim(header.substr(0, comma)));
  const auto width = to_number<std::uint32_t>(trim(header.substr(comma + 1)));
  if (!rows || !width) return std::nullopt;
  return std::pair(*rows, *width);
}

}  // namespace

Result<StaticVectors> StaticVectors::load(const Package& package) {
  StaticVectors vectors;
  if (const auto config = package.read_json("vocab/vectors.cfg"); config && config->is_object()) {
    const std::string mode = config->value("mode", std::string("default"));
    if (mode != "default") {
      return fail(
          ErrorCode::kUnsupported,
          package.folder() + "/vocab/vectors.cfg: vectors of mode " + mode + " are not known");
    }
  }
  DATELINE_TRY(vectors.file_, package.file("vocab/vectors"));
  DATELINE_DO(vectors.read_npy(package.folder() + "/vocab/vectors"));
  if (vectors.rows_ == 0) return vectors;
  DATELINE_TRY(vectors.keys_, package.file("vocab/key2row"));
  DATELINE_DO(vectors.read_keys(package.folder() + "/vocab/key2row"));
  return vectors;
}

Result<void> StaticVectors::read_npy(std::string_view name) {
  const std::string_view bytes = file_.bytes();
  const auto corrupt = [&](std::string_view what) {
    return fail(ErrorCode::kCorrupt, std::string(name) + ": " + std::string(what));
  };
  if (bytes.size() < 12 || bytes.substr(0, 6) != "\x93NUMPY") return corrupt("not an npy file");
  const auto byte = [&](std::size_t i) {
    return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i]));
  };
  const bool version_1 = byte(6) == 1;
  const std::size_t begin = version_1 ? 10 : 12;
  const std::size_t size =
      byte(8) | byte(9) << 8 | (version_1 ? 0 : byte(10) << 16 | byte(11) << 24);
  if (bytes.size() - begin < size) return corrupt("cut short");
  const std::string_view header = bytes.substr(begin, size);
  const auto shape = npy_shape(header);
  if (header.find("'<f4'") == std::string_view::npos ||
      header.find("'fortran_order': False") == std::string_view::npos || !shape) {
    return corrupt("not a table of float32 in C order");
  }
  const std::string_view data = bytes.substr(begin + size);
  if (data.size() != std::uint64_t{shape->first} * shape->second * sizeof(float)) {
    return corrupt("its size does not fit its shape (cut short?)");
  }
  if ((begin + size) % alignof(float) != 0) return corrupt("the header is not aligned");
  rows_ = shape->second == 0 ? 0 : shape->first;
  width_ = shape->second;
  table_ = {reinterpret_cast<const float*>(data.data()), std::size_t{rows_} * width_};
  return {};
}

Result<void> StaticVectors::read_keys(std::string_view name) {
  const std::string_view bytes = keys_.bytes();
  msgpack::Reader reader(bytes);
  std::size_t count = reader.map();
  if (bytes.size() > std::numeric_limits<std::uint32_t>::max()) {
    return fail(ErrorCode::kUnsupported, std::string(name) + ": a file of more than 4 GiB");
  }
  const std::size_t mask = std::bit_ceil(2 * count + 1) - 1;
  entries_.assign(mask + 1, 0);
  for (; count > 0 && reader.ok(); --count) {
    const auto entry = static_cast<std::uint32_t>(bytes.size() - reader.left());
    const std::uint64_t key = reader.uint();
    const std::uint64_t row = reader.uint();
    if (row >= rows_) {
      return fail(ErrorCode::kCorrupt, std::string(name) + ": row " + std::to_string(row) +
                                           " of a table of " + std::to_string(rows_));
    }
    std::size_t slot = key & mask;
    while (entries_[slot] != 0) slot = (slot + 1) & mask;
    entries_[slot] = entry;
  }
  return reader.status(name);
}

std::int32_t StaticVectors::row(std::uint64_t id) const {
  if (entries_.empty()) return -1;
  const std::size_t mask = entries_.size() - 1;
  for (std::size_t slot = id & mask; entries_[slot] != 0; slot = (slot + 1) & mask) {
    msgpack::Reader reader(keys_.bytes().substr(entries_[slot]));
    if (reader.uint() == id) return static_cast<std::int32_t>(reader.uint());
  }
  return -1;
}

}  // namespace dateline::language
