#include "dateline/language/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace dateline::language {
namespace {

auto failed(const std::string& path) {
  const int error = errno;
  return fail(error == ENOENT || error == ENOTDIR ? ErrorCode::kNotFound : ErrorCode::kIo,
              path + ": " + std::generic_category().message(error));
}

}  // namespace

Result<MappedFile> MappedFile::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return failed(path);
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) {
    auto error = failed(path);
    ::close(descriptor);
    return error;
  }
  if (!S_ISREG(status.st_mode)) {
    ::close(descriptor);
    return fail(ErrorCode::kIo, path + ": not a file");
  }
  MappedFile file;
  if (const auto size = static_cast<std::size_t>(status.st_size); size > 0) {
    void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (address == MAP_FAILED) {
      auto error = failed(path);
      ::close(descriptor);
      return error;
    }
    file.bytes_ = {static_cast<const char*>(address), size};
  }
  ::close(descriptor);
  return file;
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

}  // namespace dateline::language
