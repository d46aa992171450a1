#pragma once
// The token dump of docs/record.md: annotations as JSON, one object a document. Written by
// `dateline annotate --format tokens`; read back for tests and for annotations made elsewhere.
#include <string>
#include <string_view>

#include "dateline/base/result.h"
#include "dateline/language/doc.h"

namespace dateline::language {

struct TokenDump {
  std::string id;
  Doc doc;
};

// One line of a dump over `text`, which the Doc borrows. kCorrupt for JSON that is not a dump, or
// whose offsets do not fit the text.
[[nodiscard]] Result<TokenDump> read_token_dump(std::string_view json, std::string_view text);

// One line, without its line end. Offsets are code points.
[[nodiscard]] std::string write_token_dump(std::string_view id, const Doc& doc);

}  // namespace dateline::language
