#include "dateline/language/vocab.h"

#include <algorithm>

#include "dateline/base/tsv.h"
#include "dateline/language/msgpack.h"

namespace dateline::data {
extern const std::string_view language_base_norms;
}

namespace dateline::language {

Result<Vocab> Vocab::load(const std::string& folder) {
  Vocab vocab;
  auto lookups = Lookups::load(folder + "/vocab/lookups.bin");
  if (lookups) {
    vocab.lookups_ = *std::move(lookups);
  } else if (lookups.error().code != ErrorCode::kNotFound) {
    return tl::unexpected(lookups.error());
  }
  if (const std::string_view table = vocab.lookups_.table("lexeme_norm"); !table.empty()) {
    msgpack::Reader reader(table);
    for (std::size_t n = reader.map(); n > 0; --n) {
      const StringId id = reader.uint();
      vocab.norms_.emplace_back(id, reader.string());
    }
    DATELINE_DO(reader.status(vocab.lookups_.path()));
  }
  // The package's stand first, and of one id the first is found.
  for (const auto& row : parse_tsv(data::language_base_norms))
    if (row.size() == 2) vocab.norms_.emplace_back(string_id(row[0]), row[1]);
  std::stable_sort(vocab.norms_.begin(), vocab.norms_.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  return vocab;
}

std::string_view Vocab::norm(std::string_view text, StringId id) const {
  if (text.empty()) return {};
  const auto at =
      std::lower_bound(norms_.begin(), norms_.end(), id,
                       [](const auto& entry, StringId wanted) { return entry.first < wanted; });
  return at != norms_.end() && at->first == id ? at->second : std::string_view{};
}

}  // namespace dateline::language
