#include "dateline/store/duplicates.h"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "dateline/article/fingerprint.h"
#include "dateline/base/ascii.h"
#include "dateline/store/names.h"

namespace dateline::store {
namespace {

constexpr std::array<unsigned, 6> kWidths = {11, 11, 11, 11, 10, 10};  // of 64 bits
constexpr int kMostBits = 12;
constexpr std::size_t kShingle = 4, kFewestWords = 30;
constexpr double kShared = 0.8;

std::vector<std::size_t> shingles_of(const std::vector<std::string_view>& words) {
  std::vector<std::size_t> shingles;
  for (std::size_t i = 0; i + kShingle <= words.size(); ++i) {
    std::size_t hash = 0;
    for (std::size_t k = i; k < i + kShingle; ++k)
      hash = hash * 1'000'003 + std::hash<std::string_view>()(words[k]);
    shingles.push_back(hash);
  }
  std::sort(shingles.begin(), shingles.end());
  shingles.erase(std::unique(shingles.begin(), shingles.end()), shingles.end());
  return shingles;
}

// What changes the story: numbers, each once, in order.
std::vector<std::string_view> numbers_of(const std::vector<std::string_view>& words) {
  std::vector<std::string_view> numbers;
  for (const std::string_view word : words)
    if (std::any_of(word.begin(), word.end(), is_digit)) numbers.push_back(word);
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

}  // namespace

std::array<std::int64_t, 6> bands_of(std::uint64_t fingerprint) {
  std::array<std::int64_t, 6> bands{};
  unsigned at = 0;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    const std::uint64_t bits = (fingerprint >> at) & ((std::uint64_t{1} << kWidths[i]) - 1);
    bands[i] = static_cast<std::int64_t>(i * 65536 + bits);
    at += kWidths[i];
  }
  return bands;
}

bool is_copy(std::string_view a, std::string_view b) {
  const std::string key_a = name_key(a), key_b = name_key(b);
  const auto words_a = words_of(key_a), words_b = words_of(key_b);
  if (std::min(words_a.size(), words_b.size()) < kFewestWords) return false;
  const auto shingles_a = shingles_of(words_a), shingles_b = shingles_of(words_b);
  std::vector<std::size_t> both;
  std::set_intersection(shingles_a.begin(), shingles_a.end(), shingles_b.begin(), shingles_b.end(),
                        std::back_inserter(both));
  const auto fewer = static_cast<double>(std::min(shingles_a.size(), shingles_b.size()));
  const auto more = static_cast<double>(std::max(shingles_a.size(), shingles_b.size()));
  // Of the shorter nearly all, so that a reprint may leave the end out; not a mere excerpt, though.
  if (static_cast<double>(both.size()) < kShared * fewer || fewer < 0.5 * more) return false;
  const auto numbers_a = numbers_of(words_a), numbers_b = numbers_of(words_b);
  return std::includes(numbers_a.begin(), numbers_a.end(), numbers_b.begin(), numbers_b.end()) ||
         std::includes(numbers_b.begin(), numbers_b.end(), numbers_a.begin(), numbers_a.end());
}

Result<std::optional<std::int64_t>> find_original(Database& database, std::uint64_t fingerprint,
                                                  std::string_view text) {
  if (fingerprint == 0) return std::nullopt;
  const auto bands = bands_of(fingerprint);
  DATELINE_TRY(const auto rows,
               database.query("SELECT DISTINCT b.article, a.fingerprint FROM band b JOIN article a "
                              "ON a.id = b.article WHERE b.band IN (?1, ?2, ?3, ?4, ?5, ?6) "
                              "AND a.superseded_by IS NULL ORDER BY b.article",
                              {bands[0], bands[1], bands[2], bands[3], bands[4], bands[5]}));
  for (const Row& row : rows) {
    if (article::distance(fingerprint, static_cast<std::uint64_t>(row.integer(1))) > kMostBits)
      continue;
    DATELINE_TRY(const auto other,
                 database.query("SELECT text FROM article WHERE id = ?1", {row.integer(0)}));
    if (!other.empty() && is_copy(text, other.front().text(0))) return row.integer(0);
  }
  return std::nullopt;
}

}  // namespace dateline::store
