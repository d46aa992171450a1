#include "dateline/language/lookups.h"

#include <cerrno>
#include <cstdio>

#include "dateline/language/msgpack.h"

namespace dateline::language {

Result<std::string> read_file(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  if (file == nullptr)
    return fail(errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo, path + ": cannot open");
  std::string bytes;
  for (std::size_t filled = 0;;) {
    bytes.resize(filled + (std::size_t{1} << 20U));
    const std::size_t got = std::fread(bytes.data() + filled, 1, bytes.size() - filled, file.get());
    filled += got;
    if (got == 0) {
      bytes.resize(filled);
      break;
    }
  }
  if (std::ferror(file.get()) != 0) return fail(ErrorCode::kIo, path + ": cannot read");
  return bytes;
}

Result<Lookups> Lookups::load(std::string path) {
  Lookups lookups;
  DATELINE_TRY(std::string bytes, read_file(path));
  lookups.bytes_ = std::make_unique<const std::string>(std::move(bytes));
  msgpack::Reader reader(*lookups.bytes_);
  for (std::size_t n = reader.map(); n > 0; --n) {
    const std::string_view name = reader.string();
    lookups.tables_.emplace_back(name, reader.raw());
  }
  DATELINE_DO(reader.status(path));
  lookups.path_ = std::move(path);
  return lookups;
}

std::string_view Lookups::table(std::string_view name) const {
  for (const auto& [key, bytes] : tables_)
    if (key == name) return bytes;
  return {};
}

}  // namespace dateline::language
