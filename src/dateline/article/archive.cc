#include "dateline/article/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <utility>

namespace dateline::article {
namespace {

struct FreeArchive {
  void operator()(archive* handle) const { archive_read_free(handle); }
};
using Handle = std::unique_ptr<archive, FreeArchive>;

// What libarchive reads from: it asks for the next bytes and holds them until it asks again.
struct Feed {
  ByteSource source;
  std::size_t given = 0;

  static la_ssize_t read(archive* handle, void* data, const void** bytes) {
    auto& self = *static_cast<Feed*>(data);
    self.source.take(nullptr, std::exchange(self.given, 0));
    const auto ready = self.source.peek();
    if (!ready) {
      archive_set_error(handle, EIO, "%s", ready.error().message.c_str());
      return ARCHIVE_FATAL;
    }
    self.given = ready->size();
    *bytes = ready->data();
    return static_cast<la_ssize_t>(ready->size());
  }
};

Error broken(const std::string& name, archive* handle) {
  const char* why = archive_error_string(handle);
  return {ErrorCode::kCorrupt,
          fmt::format("{}: cut short or broken ({})", name, why == nullptr ? "no reason" : why)};
}

// The file that a handle stands at. Read block by block: archive_read_data loses what it had read
// when it meets a break.
class Content : public ByteStream {
 public:
  Content(archive* handle, std::string name) : handle_(handle), name_(std::move(name)) {}
  Result<std::size_t> read(char* to, std::size_t size) override {
    while (block_.empty()) {
      const void* bytes = nullptr;
      std::size_t got = 0;
      la_int64_t at = 0;
      const int status = archive_read_data_block(handle_, &bytes, &got, &at);
      if (status == ARCHIVE_EOF) return std::size_t{0};
      if (status < ARCHIVE_WARN) return tl::unexpected<Error>(broken(name_, handle_));
      block_ = {static_cast<const char*>(bytes), got};
      hole_ = at - position_;
      if (hole_ > 0) break;
    }
    if (hole_ > 0) {  // of a sparse file
      const std::size_t zeros = std::min(size, static_cast<std::size_t>(hole_));
      std::fill_n(to, zeros, '\0');
      hole_ -= static_cast<la_int64_t>(zeros);
      position_ += static_cast<la_int64_t>(zeros);
      return zeros;
    }
    const std::size_t taken = block_.copy(to, size);
    block_.remove_prefix(taken);
    position_ += static_cast<la_int64_t>(taken);
    return taken;
  }

 private:
  archive* handle_;
  std::string name_;
  std::string_view block_;
  la_int64_t position_ = 0, hole_ = 0;
};

// Bytes under a filter, which own what they come from.
class Filtered : public ByteStream {
 public:
  static Result<std::unique_ptr<Filtered>> open(ByteSource source, const std::string& name) {
    auto stream = std::unique_ptr<Filtered>(new Filtered(std::move(source)));
    archive* handle = stream->handle_.get();
    archive_read_support_filter_gzip(handle);
    archive_read_support_filter_zstd(handle);
    archive_read_support_format_raw(handle);
    archive_read_support_format_empty(handle);
    archive_entry* entry = nullptr;
    if (archive_read_open(handle, &stream->feed_, nullptr, &Feed::read, nullptr) != ARCHIVE_OK)
      return tl::unexpected<Error>(broken(name, handle));
    const int status = archive_read_next_header(handle, &entry);
    if (status != ARCHIVE_OK && status != ARCHIVE_EOF)
      return tl::unexpected<Error>(broken(name, handle));
    stream->empty_ = status == ARCHIVE_EOF;
    stream->content_ = Content(handle, name);
    return stream;
  }
  Result<std::size_t> read(char* to, std::size_t size) override {
    return empty_ ? Result<std::size_t>(0) : content_.read(to, size);
  }

 private:
  explicit Filtered(ByteSource source) : feed_{std::move(source)} {}
  Feed feed_;
  Handle handle_ = Handle(archive_read_new());
  Content content_ = Content(nullptr, {});
  bool empty_ = false;
};

}  // namespace

Packing packing_of(std::string_view head) {
  if (head.starts_with("\x28\xB5\x2F\xFD")) return Packing::kZstd;
  if (head.starts_with("PK\x03\x04")) return Packing::kArchive;
  if (head.size() > 262 && head.substr(257, 5) == "ustar") return Packing::kArchive;
  return Packing::kNone;
}

Result<ByteSource> unpacked(ByteSource source, const std::string& name) {
  DATELINE_TRY(auto stream, Filtered::open(std::move(source), name));
  return ByteSource::over(std::move(stream), name);
}

struct Archive::Impl {
  Feed feed;
  std::string name;
  Handle handle = Handle(archive_read_new());
  bool ended = false;
};

Archive::Archive(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Archive::~Archive() = default;
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;

Result<Archive> Archive::open(ByteSource source, std::string name) {
  auto impl = std::unique_ptr<Impl>(new Impl{{std::move(source)}, std::move(name)});
  archive* handle = impl->handle.get();
  archive_read_support_format_zip_streamable(handle);
  archive_read_support_format_tar(handle);
  if (archive_read_open(handle, &impl->feed, nullptr, &Feed::read, nullptr) != ARCHIVE_OK)
    return tl::unexpected<Error>(broken(impl->name, handle));
  return Archive(std::move(impl));
}

Result<std::optional<std::string>> Archive::next() {
  while (!impl_->ended) {
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(impl_->handle.get(), &entry);
    impl_->ended = status == ARCHIVE_EOF || status == ARCHIVE_FATAL;
    if (status == ARCHIVE_FATAL)
      return tl::unexpected<Error>(broken(impl_->name, impl_->handle.get()));
    if (impl_->ended || archive_entry_filetype(entry) != AE_IFREG) continue;
    const char* path = archive_entry_pathname(entry);
    return std::optional<std::string>(path == nullptr ? "" : path);
  }
  return std::optional<std::string>();
}

Result<ByteSource> Archive::content(const std::string& name) {
  const std::string whole = impl_->name + ", " + name;
  ByteSource plain = ByteSource::over(std::make_unique<Content>(impl_->handle.get(), whole), whole);
  DATELINE_TRY(const std::string_view head, plain.peek());
  const bool packed = head.starts_with("\x1F\x8B") || packing_of(head) == Packing::kZstd;
  return packed ? unpacked(std::move(plain), whole) : Result<ByteSource>(std::move(plain));
}

}  // namespace dateline::article
