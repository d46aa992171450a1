#pragma once
// Ids that are the same in every export of a store.
#include <initializer_list>
#include <string>
#include <string_view>

#include "dateline/export/row_words.h"

namespace dateline::exporting {

// 40 hexadecimal digits: the beginning of the SHA-256 of the parts and their lengths.
[[nodiscard]] std::string stable_id(std::initializer_list<std::string_view> parts);

// The same as an IRI: a UUID of version 8 (RFC 9562, 5.8).
[[nodiscard]] std::string stable_urn(std::initializer_list<std::string_view> parts);

// What tells one store from another: made of its oldest article, as the queries give it.
[[nodiscard]] std::string store_key(const Json& oldest);

}  // namespace dateline::exporting
