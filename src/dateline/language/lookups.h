#pragma once
// Lookups: the tables of a spaCy lookups.bin, as bytes to be read by who knows their shape.
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dateline/base/result.h"

namespace dateline::language {

// The whole of a file. kNotFound, kIo.
[[nodiscard]] Result<std::string> read_file(const std::string& path);

// Move-only; owns the bytes, so that views into them live as long as it does, moved or not.
// Immutable.
class Lookups {
 public:
  // kNotFound, kIo; kCorrupt when it is not a map of names to tables.
  static Result<Lookups> load(std::string path);

  // The MessagePack bytes of a table ({id of a string: value}); empty when it is not there.
  [[nodiscard]] std::string_view table(std::string_view name) const;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::unique_ptr<const std::string> bytes_;
  std::vector<std::pair<std::string_view, std::string_view>> tables_;
};

}  // namespace dateline::language
