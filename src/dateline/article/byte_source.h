#pragma once
// ByteSource: the bytes of a file or of standard input, in order, gunzipped when they are gzip.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/base/result.h"

namespace dateline::article {

// Where a ByteSource that is no file takes its bytes from.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // At most `size` bytes; 0 at the end.
  virtual Result<std::size_t> read(char* to, std::size_t size) = 0;
};

// Reads forward only; holds one buffer of 256 KiB and the line asked for. Not shared by threads.
class ByteSource {
 public:
  // "-" is standard input. kNotFound, kIo.
  [[nodiscard]] static Result<ByteSource> open(const std::string& path);
  // What `stream` gives, as it is; `name` is what messages call it.
  [[nodiscard]] static ByteSource over(std::unique_ptr<ByteStream> stream, std::string name);
  ~ByteSource();
  ByteSource(ByteSource&&) noexcept;
  ByteSource& operator=(ByteSource&&) noexcept;

  // The bytes that come next, at most a buffer full and fewer only near the end; none are used up.
  // The view lives until the next call.
  [[nodiscard]] Result<std::string_view> peek();
  // Appends the next line, less its LF, to `line`; false at the end. A line over `limit` bytes is
  // passed over and kUnsupported.
  [[nodiscard]] Result<bool> next_line(std::string& line, std::size_t limit);
  // All that is left. Over `limit` bytes: kUnsupported.
  [[nodiscard]] Result<std::string> read_all(std::size_t limit);

  // Takes the next `size` bytes, into `*to` where that is not null; returns how many there were.
  std::uint64_t take(std::string* to, std::uint64_t size);
  // What broke off the bytes before their end (a cut gzip, a failing disk): what came before it is
  // given as if it were all.
  [[nodiscard]] std::optional<Error> damage() const;

 private:
  struct Impl;
  explicit ByteSource(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline::article
