#include "dateline/store/duplicates.h"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "dateline/article/fingerprint.h"
#include "dateline/base/ascii.h"
#include "dateline/base/tsv.h"
#include "dateline/store/names.h"

namespace dateline::store {
namespace {

constexpr int kMostBits = 12;
constexpr std::size_t kMostLooked = 20;  // texts that are compared, the nearest first
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

// A text as it is compared; views into itself.
struct Words {
  explicit Words(std::string_view text) : key(name_key(text)), words(words_of(key)) {
    shingles = shingles_of(words);
    numbers = numbers_of(words);
  }
  Words(const Words&) = delete;
  Words& operator=(const Words&) = delete;
  ~Words() = default;

  std::string key;
  std::vector<std::string_view> words;
  std::vector<std::size_t> shingles;
  std::vector<std::string_view> numbers;
};

// Whether one text is a copy of the other: changed openings and shortened ends count as the same,
// another date or number does not, nor do texts under 30 words.
bool is_copy(const Words& a, const Words& b) {
  if (std::min(a.words.size(), b.words.size()) < kFewestWords) return false;
  std::vector<std::size_t> both;
  std::set_intersection(a.shingles.begin(), a.shingles.end(), b.shingles.begin(), b.shingles.end(),
                        std::back_inserter(both));
  const auto fewer = static_cast<double>(std::min(a.shingles.size(), b.shingles.size()));
  const auto more = static_cast<double>(std::max(a.shingles.size(), b.shingles.size()));
  // Of the shorter nearly all, so that a reprint may leave the end out; not a mere excerpt, though.
  if (static_cast<double>(both.size()) < kShared * fewer || fewer < 0.5 * more) return false;
  return std::includes(a.numbers.begin(), a.numbers.end(), b.numbers.begin(), b.numbers.end()) ||
         std::includes(b.numbers.begin(), b.numbers.end(), a.numbers.begin(), a.numbers.end());
}

}  // namespace

Result<void> Fingerprints::catch_up(Database& database) {
  const std::int64_t last = all_.empty() ? 0 : all_.back().article;
  DATELINE_TRY(const auto rows,
               database.query("SELECT article, bits FROM fingerprint WHERE article > ?1 ORDER BY "
                              "article",
                              {last}));
  for (const Row& row : rows)
    all_.push_back({row.integer(0), static_cast<std::uint64_t>(row.integer(1))});
  return {};
}

std::vector<std::int64_t> Fingerprints::near(std::uint64_t fingerprint) const {
  std::vector<std::pair<int, std::int64_t>> found;
  for (const Entry& entry : all_)
    if (const int bits = article::distance(fingerprint, entry.bits);
        bits <= kMostBits && entry.bits != 0)
      found.emplace_back(bits, entry.article);
  std::sort(found.begin(), found.end());
  if (found.size() > kMostLooked) found.resize(kMostLooked);
  std::vector<std::int64_t> articles;
  for (const auto& [bits, article] : found) articles.push_back(article);
  std::sort(articles.begin(), articles.end());
  return articles;
}

Result<std::optional<std::int64_t>> find_original(Database& database, Fingerprints& fingerprints,
                                                  std::uint64_t fingerprint,
                                                  std::string_view text) {
  if (fingerprint == 0) return std::nullopt;
  DATELINE_DO(fingerprints.catch_up(database));
  std::optional<Words> mine;
  for (const std::int64_t article : fingerprints.near(fingerprint)) {
    DATELINE_TRY(const auto other,
                 database.query("SELECT text FROM article WHERE id = ?1 AND superseded_by IS NULL",
                                {article}));
    if (other.empty()) continue;
    if (!mine) mine.emplace(text);
    if (is_copy(*mine, Words(other.front().text(0)))) return article;
  }
  return std::nullopt;
}

}  // namespace dateline::store
