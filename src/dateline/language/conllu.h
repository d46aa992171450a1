#pragma once
// CoNLL-U: the annotations of a Doc, ten columns a token (universaldependencies.org/format.html).
#include <string>
#include <string_view>

#include "dateline/language/doc.h"

namespace dateline::language {

// One block a sentence with `# newdoc id`, `# sent_id` and `# text`, an empty line after each.
// White-space tokens, which the format cannot hold, are left out and heads renumbered; entities
// stand in MISC as NE=B-PERSON; no space after a token as SpaceAfter=No. Labels are the package's
// own (CLEAR dependencies for the English models).
[[nodiscard]] std::string write_conllu(std::string_view id, const Doc& doc);

}  // namespace dateline::language
