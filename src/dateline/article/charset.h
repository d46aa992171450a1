#pragma once
// Bytes of a page to UTF-8: the charset is what a byte-order mark says, else the HTTP header, else
// the page's own <meta>, else what the bytes look like. The one file that knows uchardet and iconv.
#include <string>
#include <string_view>

namespace dateline::article {

struct DecodedPage {
  std::string text;     // UTF-8, less a byte-order mark; bytes that could not be read are U+FFFD
  std::string charset;  // lower case, as the WHATWG Encoding Standard maps labels: "windows-1252"
  std::size_t bad = 0;  // places that could not be read
};

// `told` is the charset of an HTTP header, may be empty. Valid UTF-8 that is not plain ASCII is
// read as UTF-8 whatever a label says: wrong labels are common, such bytes by chance are not.
// O(bytes).
[[nodiscard]] DecodedPage decode_page(std::string_view bytes, std::string_view told = {});

// The charset that <meta> or an XML declaration in the first 2048 bytes names, "" without.
[[nodiscard]] std::string charset_in_page(std::string_view bytes);

}  // namespace dateline::article
