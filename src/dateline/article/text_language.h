#pragma once
// Which language a text is written in (CLD2: naive Bayes over groups of four letters, Sites 2013).
#include <string>
#include <string_view>

namespace dateline::article {

// The ISO 639 code ("en", "de", "zh"); "" where the text is too short, mixed or unlike any. The
// first 64 KiB are looked at; any bytes. Safe on any thread; the same text gives the same answer.
[[nodiscard]] std::string text_language(std::string_view text);

// "German" for "de"; the code itself where it has no name.
[[nodiscard]] std::string language_name(const std::string& code);

}  // namespace dateline::article
