#pragma once
// Archive: the files inside a .zip (WACZ too), .tar, .tar.gz or .tar.zst, one after another, and
// bytes under zstd. The one file (archive.cc) that knows libarchive.
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/article/byte_source.h"
#include "dateline/base/result.h"

namespace dateline::article {

// What an input is packed as, by its first bytes. ByteSource has undone gzip before.
enum class Packing { kNone, kArchive, kZstd };
[[nodiscard]] Packing packing_of(std::string_view head);

// The bytes of `source`, less zstd and gzip. `name` is what messages call it.
[[nodiscard]] Result<ByteSource> unpacked(ByteSource source, const std::string& name);

// Reads forward only and unpacks in passing, never to disk. Not shared by threads.
class Archive {
 public:
  [[nodiscard]] static Result<Archive> open(ByteSource source, std::string name);
  ~Archive();
  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;

  // The name of the next regular file; nothing at the end. kCorrupt: broken; the end follows.
  [[nodiscard]] Result<std::optional<std::string>> next();
  // The bytes of that file, less gzip and zstd. To be used up before `next` is called again.
  [[nodiscard]] Result<ByteSource> content(const std::string& name);

 private:
  struct Impl;
  explicit Archive(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline::article
