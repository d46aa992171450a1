#include "dateline/article/text_language.h"

#include <cld2/public/compact_lang_det.h>

#include "dateline/base/ascii.h"
#include "dateline/unicode/utf8.h"

namespace dateline::article {
namespace {

constexpr std::size_t kMost = std::size_t{64} << 10U;
constexpr int kLeastLetters = 100;  // bytes of letters: a headline alone is often taken wrongly
constexpr int kLeastShare = 65;     // per cent of the text that is in the language

}  // namespace

std::string text_language(std::string_view text) {
  // CLD2 wants UTF-8 without faults, which a cut in a character would be.
  const std::string valid = unicode::sanitize(text.substr(0, kMost), nullptr);
  CLD2::Language languages[3];
  int shares[3], letters = 0;
  bool reliable = false;
  const CLD2::Language best = CLD2::ExtDetectLanguageSummary(
      valid.data(), static_cast<int>(valid.size()),
      /*is_plain_text=*/true, languages, shares, &letters, &reliable);
  if (!reliable || best == CLD2::UNKNOWN_LANGUAGE || best != languages[0]) return {};
  if (letters < kLeastLetters || shares[0] < kLeastShare) return {};
  const std::string code = CLD2::LanguageCode(best);
  return code.substr(0, code.find('-'));
}

std::string language_name(const std::string& code) {
  const std::string name =
      CLD2::LanguageName(CLD2::GetLanguageFromName(code.c_str()));  // it knows codes too
  if (name.empty() || name == "Unknown") return code;
  return name.substr(0, 1) + to_lower(name.substr(1));
}

}  // namespace dateline::article
