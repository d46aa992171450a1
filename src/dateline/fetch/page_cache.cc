#include "dateline/fetch/page_cache.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "dateline/base/sha256.h"

namespace dateline::fetch {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFirstLine = "dateline-page/1";
constexpr std::string_view kEnding = ".page";

// The line at the front of `bytes`, which it loses.
std::optional<std::string> take_line(std::string_view& bytes) {
  const std::size_t end = bytes.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  std::string line(bytes.substr(0, end));
  bytes.remove_prefix(end + 1);
  return line;
}

fs::path file_of(const std::string& folder, const std::string& uri) {
  return fs::path(folder) / (sha256_hex(uri) + std::string(kEnding));
}

struct KeptFile {
  fs::file_time_type written;
  fs::path path;
  std::uintmax_t size = 0;
};

std::vector<KeptFile> files_in(const std::string& folder) {
  std::vector<KeptFile> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    std::error_code gone;  // another run may clear up too
    KeptFile file{entry->last_write_time(gone), entry->path(), entry->file_size(gone)};
    if (!gone && file.path.extension() == kEnding) files.push_back(std::move(file));
  }
  std::sort(files.begin(), files.end(), [](const KeptFile& a, const KeptFile& b) {
    return std::pair(a.written, a.path) < std::pair(b.written, b.path);
  });
  return files;
}

}  // namespace

PageCache::PageCache(std::string folder, std::uintmax_t most_bytes)
    : folder_(std::move(folder)), most_bytes_(most_bytes) {}

std::optional<KeptPage> PageCache::find(const std::string& uri) const {
  if (folder_.empty()) return std::nullopt;
  std::ifstream file(file_of(folder_, uri), std::ios::binary);
  if (!file) return std::nullopt;
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  std::string_view rest = bytes;
  // The address is written too: no page is given for another.
  if (take_line(rest) != kFirstLine || take_line(rest) != uri) return std::nullopt;
  const auto type = take_line(rest), etag = take_line(rest), modified = take_line(rest),
             size = take_line(rest);
  if (!size || *size != fmt::format("{}", rest.size())) return std::nullopt;
  return KeptPage{*type, {*etag, *modified}, std::string(rest)};
}

Result<void> PageCache::keep(const std::string& uri, const KeptPage& page) {
  if (folder_.empty() || !page.validators.any() || page.body.size() > most_bytes_ / 10) return {};
  std::error_code error;
  fs::create_directories(folder_, error);
  const fs::path path = file_of(folder_, uri);
  const fs::path part = fs::path(path).concat(fmt::format(".{}", getpid()));
  std::ofstream file(part, std::ios::binary | std::ios::trunc);
  file << kFirstLine << '\n'
       << uri << '\n'
       << page.content_type << '\n'
       << page.validators.etag << '\n'
       << page.validators.last_modified << '\n'
       << page.body.size() << '\n'
       << page.body;
  file.close();
  if (file) fs::rename(part, path, error);
  if (!file || error) {
    std::error_code ignored;
    fs::remove(part, ignored);
    return fail(ErrorCode::kIo, fmt::format("{}: pages cannot be kept here", folder_));
  }
  if (used_) *used_ += page.body.size();
  make_room();
  return {};
}

void PageCache::make_room() {
  if (used_ && *used_ <= most_bytes_) return;
  const std::vector<KeptFile> files = files_in(folder_);
  std::uintmax_t used = 0;
  for (const KeptFile& file : files) used += file.size;
  for (const KeptFile& file : files) {
    if (used <= most_bytes_) break;
    std::error_code ignored;
    fs::remove(file.path, ignored);
    used -= file.size;
  }
  used_ = used;
}

}  // namespace dateline::fetch
