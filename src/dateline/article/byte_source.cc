#include "dateline/article/byte_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

namespace dateline::article {
namespace {
constexpr std::size_t kBuffer = 256 * 1024;
}  // namespace

struct ByteSource::Impl {
  std::string path;
  gzFile file = nullptr;
  std::unique_ptr<ByteStream> stream;  // in place of the file
  std::vector<char> buffer = std::vector<char>(kBuffer);
  std::size_t begin = 0, end = 0;
  bool finished = false;
  std::optional<Error> damage;  // what came after it is lost

  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    if (file != nullptr) gzclose(file);
  }
  [[nodiscard]] std::string_view ready() const { return {buffer.data() + begin, end - begin}; }

  // Moves what is left to the front and fills up.
  void fill() {
    std::memmove(buffer.data(), buffer.data() + begin, end - begin);
    end -= begin;
    begin = 0;
    while (end < buffer.size() && !finished) {
      if (stream != nullptr) {
        const auto got = stream->read(buffer.data() + end, buffer.size() - end);
        if (!got) damage = got.error();
        end += got.value_or(0);
        finished = got.value_or(0) == 0;
        continue;
      }
      const int got = gzread(file, buffer.data() + end, static_cast<unsigned>(buffer.size() - end));
      int error = Z_OK;
      const char* told = gzerror(file, &error);
      if (got > 0) end += static_cast<std::size_t>(got);
      if (got <= 0 || error != Z_OK) finished = true;
      if (error == Z_OK || error == Z_STREAM_END) continue;
      if (error == Z_ERRNO)
        damage = Error{ErrorCode::kIo, fmt::format("{}: {}", path, std::strerror(errno))};
      else
        damage = Error{ErrorCode::kCorrupt,
                       fmt::format("{}: gzip data is cut short or broken near byte {} ({})", path,
                                   gzoffset(file), told)};
    }
  }
};

ByteSource::ByteSource(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ByteSource::~ByteSource() = default;
ByteSource::ByteSource(ByteSource&&) noexcept = default;
ByteSource& ByteSource::operator=(ByteSource&&) noexcept = default;

Result<ByteSource> ByteSource::open(const std::string& path) {
  auto impl = std::make_unique<Impl>();
  impl->path = path == "-" ? "standard input" : path;
  const int descriptor =
      path == "-" ? dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    const bool missing = errno == ENOENT || errno == ENOTDIR;
    return fail(missing ? ErrorCode::kNotFound : ErrorCode::kIo,
                fmt::format("{}: {}", path, missing ? "no such file" : std::strerror(errno)));
  }
  impl->file = gzdopen(descriptor, "rb");
  if (impl->file == nullptr) {
    close(descriptor);
    return fail(ErrorCode::kIo, fmt::format("{}: no memory to read it", path));
  }
  gzbuffer(impl->file, 128 * 1024);
  return ByteSource(std::move(impl));
}

ByteSource ByteSource::over(std::unique_ptr<ByteStream> stream, std::string name) {
  auto impl = std::make_unique<Impl>();
  impl->path = std::move(name);
  impl->stream = std::move(stream);
  return ByteSource(std::move(impl));
}

Result<std::string_view> ByteSource::peek() {
  if (!impl_->finished && impl_->end - impl_->begin < kBuffer) impl_->fill();
  if (impl_->damage && impl_->ready().empty()) return tl::unexpected<Error>(*impl_->damage);
  return impl_->ready();
}

Result<bool> ByteSource::next_line(std::string& line, std::size_t limit) {
  bool any = false, too_long = false;
  std::size_t size = 0;
  for (;;) {
    if (impl_->begin == impl_->end) {
      if (impl_->finished) break;
      impl_->fill();
      continue;
    }
    any = true;
    const std::string_view ready = impl_->ready();
    const std::size_t at = ready.find('\n');
    const std::string_view piece = ready.substr(0, at);
    size += piece.size();
    too_long = too_long || size > limit;
    if (!too_long) line += piece;
    impl_->begin += at == std::string_view::npos ? piece.size() : at + 1;
    if (at != std::string_view::npos) break;
  }
  if (too_long)
    return fail(ErrorCode::kUnsupported, fmt::format("longer than the limit of {} bytes", limit));
  return any;
}

Result<std::string> ByteSource::read_all(std::size_t limit) {
  std::string all;
  for (;;) {
    all += impl_->ready();
    impl_->begin = impl_->end;
    if (all.size() > limit)
      return fail(ErrorCode::kUnsupported,
                  fmt::format("{}: longer than the limit of {} bytes", impl_->path, limit));
    if (impl_->finished) return all;
    impl_->fill();
  }
}

std::uint64_t ByteSource::take(std::string* to, std::uint64_t size) {
  std::uint64_t taken = 0;
  while (taken < size) {
    if (impl_->begin == impl_->end) {
      if (impl_->finished) break;
      impl_->fill();
      continue;
    }
    const std::string_view piece = impl_->ready().substr(
        0,
        static_cast<std::size_t>(std::min<std::uint64_t>(size - taken, impl_->end - impl_->begin)));
    if (to != nullptr) *to += piece;
    impl_->begin += piece.size();
    taken += piece.size();
  }
  return taken;
}

std::optional<Error> ByteSource::damage() const { return impl_->damage; }

}  // namespace dateline::article
