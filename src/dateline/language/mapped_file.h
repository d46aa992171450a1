#pragma once
// A file mapped read-only into memory.
#include <string>
#include <string_view>

#include "dateline/base/result.h"

namespace dateline::language {

// Move-only; unmapped when it goes. The bytes keep their address when it is moved. A file that
// another process cuts short while it is mapped is undefined, as with every mapping.
class MappedFile {
 public:
  // kNotFound or kIo, naming the path. An empty file gives an empty view.
  [[nodiscard]] static Result<MappedFile> open(const std::string& path);

  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept { swap(other); }
  MappedFile& operator=(MappedFile&& other) noexcept {
    swap(other);
    return *this;
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  [[nodiscard]] std::string_view bytes() const { return bytes_; }

 private:
  void swap(MappedFile& other) noexcept { std::swap(bytes_, other.bytes_); }

  std::string_view bytes_;
};

}  // namespace dateline::language
