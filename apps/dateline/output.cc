#include "output.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace dateline::app {

Result<Output> Output::open(const std::string& path) {
  if (path.empty() || path == "-") return Output(stdout, "standard output", /*owned=*/false);
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr)
    return fail(ErrorCode::kIo, fmt::format("cannot write to {}: {}", path, std::strerror(errno)));
  return Output(file, path, /*owned=*/true);
}

Output::Output(Output&& other) noexcept
    : file_(std::exchange(other.file_, nullptr)),
      name_(std::move(other.name_)),
      owned_(other.owned_),
      closed_(other.closed_) {}

Output::~Output() {
  if (file_ != nullptr && owned_) std::fclose(file_);
}

Result<void> Output::broken() {
  if (errno == EPIPE) {
    closed_ = true;
    return {};
  }
  return fail(ErrorCode::kIo, fmt::format("cannot write to {}: {}", name_, std::strerror(errno)));
}

Result<void> Output::write(std::string_view bytes) {
  if (closed_) return {};
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) return broken();
  return {};
}

Result<void> Output::finish() {
  if (closed_ || std::fflush(file_) == 0) return {};
  return broken();
}

}  // namespace dateline::app
