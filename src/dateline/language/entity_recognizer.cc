#include "dateline/language/entity_recognizer.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace dateline::language {
namespace {

enum Action : std::uint8_t { kMissing, kBegin, kIn, kLast, kUnit, kOut };

bool has_no_class(std::uint8_t action, std::string_view label) {
  return action == kMissing || (action == kOut && !label.empty());
}

bool is_valid(const TransitionClass& move, bool same_label, bool open, bool may_begin, bool go_on) {
  switch (move.action) {
    case kBegin:
      return !open && may_begin && go_on && !move.label.empty();
    case kIn:
      return open && same_label && go_on;
    case kLast:
      return open && same_label;
    case kUnit:
      return !open && may_begin && !move.label.empty();
    default:
      return move.action == kOut && !open;
  }
}

}  // namespace

Result<EntityRecognizer> EntityRecognizer::load(const Package& package, const std::string& name,
                                                const Model& model, std::size_t width) {
  EntityRecognizer ner;
  const std::string path = package.folder() + "/" + name + "/moves";
  DATELINE_TRY(const MappedFile moves, package.file(name + "/moves"));
  DATELINE_TRY(ner.classes_, read_classes(moves.bytes(), path, has_no_class));
  DATELINE_TRY(ner.network_, TransitionNetwork::load(model, width, ner.classes_.size()));
  if (ner.network_.features() != 3 && ner.network_.features() != 6) {
    return fail(ErrorCode::kUnsupported, model.name() + ": state features that are not known");
  }
  std::vector<std::string_view> labels{""};
  for (const TransitionClass& move : ner.classes_) {
    if (move.action > kOut) {
      return fail(ErrorCode::kUnsupported, path + ": a move that is not known");
    }
    const auto known = std::find(labels.begin(), labels.end(), move.label);
    ner.label_of_.push_back(static_cast<std::size_t>(known - labels.begin()));
    if (known == labels.end()) labels.push_back(move.label);
  }
  const std::size_t padded = ner.network_.padded();
  for (std::size_t label = 0; label < labels.size(); ++label) {
    for (int flags = 0; flags < 4; ++flags) {
      const std::size_t mask = ner.masks_.size();
      ner.masks_.resize(mask + padded, kNotAllowed);
      for (std::size_t c = 0; c < ner.classes_.size(); ++c) {
        if (is_valid(ner.classes_[c], ner.label_of_[c] == label, label != 0, (flags & 2) != 0,
                     (flags & 1) != 0)) {
          ner.masks_[mask + c] = 0.0F;
        }
      }
    }
  }
  return ner;
}

void EntityRecognizer::recognize(const float* rows, std::span<Token> tokens,
                                 std::span<const SentenceStart> starts,
                                 std::span<const std::uint8_t> is_space,
                                 TransitionScratch& scratch) const {
  if (tokens.empty()) return;
  network_.start(rows, tokens.size(), scratch);
  const auto size = static_cast<std::int32_t>(tokens.size());
  std::array<std::int32_t, 6> storage{};
  const std::span<std::int32_t> features(storage.data(), network_.features());
  std::int32_t begin = -1;  // of the open entity
  std::size_t label = 0;    // of the open entity
  for (std::int32_t b = 0; b < size; ++b) {
    const auto at = static_cast<std::size_t>(b);
    std::fill(features.begin(), features.end(), -1);
    features[0] = b;
    if (features.size() == 3 && begin >= 0) {
      features[1] = begin;
      features[2] = b - 1;
    } else if (begin >= 0) {
      for (std::int32_t k = 0; k < 5 && begin + k < b; ++k) {
        features[static_cast<std::size_t>(k + 1)] = begin + k;
      }
    }
    const bool go_on = b + 1 < size && starts[at + 1] != SentenceStart::kYes;
    const std::size_t mask = label * 4 + (is_space[at] == 0 ? 2U : 0U) + (go_on ? 1U : 0U);
    const std::int32_t best =
        network_.best(features, masks_.data() + mask * network_.padded(), scratch);
    if (best < 0) break;
    const TransitionClass& move = classes_[static_cast<std::size_t>(best)];
    if (move.action == kBegin || move.action == kUnit) {
      begin = b;
      label = label_of_[static_cast<std::size_t>(best)];
    }
    if (move.action == kLast || move.action == kUnit) {
      for (std::int32_t i = begin; i <= b; ++i) {
        Token& token = tokens[static_cast<std::size_t>(i)];
        token.entity_tag = i == begin ? EntityTag::kBegin : EntityTag::kInside;
        token.entity_type = move.label;
      }
      begin = -1;
      label = 0;
    }
  }
}

}  // namespace dateline::language
