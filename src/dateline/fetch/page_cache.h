#pragma once
// PageCache: pages as they were sent last, in a folder, so that a server need not send again what
// has not changed. One file a page, named by the hash of its address; read whole, written beside
// and renamed, so that runs side by side see whole files. What cannot be read counts as not there.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "dateline/base/result.h"
#include "dateline/fetch/http_client.h"

namespace dateline::fetch {

struct KeptPage {
  std::string content_type;
  Validators validators;
  std::string body;
};

class PageCache {
 public:
  // "": nothing is kept. The folder is made with the first page. The oldest pages go when all are
  // more than `most_bytes`.
  explicit PageCache(std::string folder, std::uintmax_t most_bytes = std::uintmax_t{200} << 20U);

  [[nodiscard]] std::optional<KeptPage> find(const std::string& uri) const;
  // Pages without validators and such as are larger than a tenth of the whole are not kept. kIo.
  [[nodiscard]] Result<void> keep(const std::string& uri, const KeptPage& page);

 private:
  void make_room();
  std::string folder_;
  std::uintmax_t most_bytes_;
  std::optional<std::uintmax_t> used_;  // bytes, once counted
};

}  // namespace dateline::fetch
