#include "dateline/relations/token_features.h"

#include "dateline/relations/syntax.h"

namespace dateline::relations {
namespace {

std::uint32_t word_of(const Reading& reading, std::uint32_t token) {
  const auto number = reading.arguments.at(token);
  if (!number) return hash_of(reading.doc[token].lower);
  const Argument& it = reading.arguments[*number];
  if (it.form == ArgumentForm::kNominal || it.form == ArgumentForm::kPronoun)
    return hash_of(reading.doc[token].lower);
  return 100 + static_cast<std::uint32_t>(it.kind);
}

// The numbers in `rows` of the words that tell something.
void find_clusters(const Reading& reading, const neural::Matrix& rows,
                   std::vector<std::array<std::uint32_t, 2>>& clusters) {
  clusters.resize(reading.doc.size());
  if (rows.cols() < 2) return;
  for (std::uint32_t i = 0; i < reading.doc.size(); ++i) {
    const std::int32_t row = reading.doc.vector_row(i);
    if (row < 0 || static_cast<std::size_t>(row) >= rows.rows()) continue;
    if (!one_of(reading.doc[i].pos, "NOUN|VERB|ADJ|ADV|PROPN")) continue;
    const auto numbers = rows.row(static_cast<std::size_t>(row));
    for (std::size_t k = 0; k < 2; ++k)
      clusters[i][k] =
          1 + static_cast<std::uint32_t>(numbers[k]) * 2 + static_cast<std::uint32_t>(k);
  }
}

}  // namespace

TokenFeatures::TokenFeatures(const Reading& reading, const neural::Matrix& rows) {
  for (const Token& token : reading.doc.tokens()) {
    lower.push_back(hash_of(token.lower));
    lemma.push_back(hash_of(token.lemma));
    dep.push_back(hash_of(token.dep));
    tag.push_back(hash_of(token.tag));
    role.push_back(reading.words.roles.contains(token.lemma));
    kin.push_back(reading.words.kin.contains(token.lemma));
    classes.emplace_back();
    const auto* found = find(reading.words.triggers, token.lemma);
    if (found == nullptr) found = find(reading.words.triggers, token.lower);
    if (found != nullptr)
      for (const std::string_view name : *found) classes.back().push_back(hash_of(name));
  }
  for (std::uint32_t i = 0; i < reading.doc.size(); ++i) word.push_back(word_of(reading, i));
  find_clusters(reading, rows, clusters);
}

}  // namespace dateline::relations
