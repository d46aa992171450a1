#include "dateline/language/transitions.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "dateline/base/ascii.h"
#include "dateline/language/msgpack.h"

namespace dateline::language {
namespace {

constexpr std::size_t kMaxFeatures = 16;
constexpr std::size_t kBlock = 96;  // tokens of one product

struct Move {
  std::int64_t frequency;
  std::string label;
};

// Most frequent first, then by label, the last first.
void sort_moves(std::vector<Move>& moves) {
  std::sort(moves.begin(), moves.end(), [](const Move& a, const Move& b) {
    return a.frequency != b.frequency ? a.frequency > b.frequency : a.label > b.label;
  });
}

std::vector<std::uint32_t> plain_order(std::size_t size) {
  std::vector<std::uint32_t> order(size);
  std::iota(order.begin(), order.end(), 0U);
  return order;
}

}  // namespace

Result<std::vector<TransitionClass>> read_classes(std::string_view bytes, std::string_view name,
                                                  SkipClass skip) {
  DATELINE_TRY(const msgpack::Value file, msgpack::parse(bytes, name));
  const msgpack::Value* text = file.find("moves");
  const auto moves = text == nullptr ? nlohmann::json()
                                     : nlohmann::json::parse(text->string, nullptr,
                                                             /*allow_exceptions=*/false);
  const auto corrupt = [&] {
    return fail(ErrorCode::kCorrupt, std::string(name) + ": not a list of moves");
  };
  if (!moves.is_object()) return corrupt();
  std::vector<TransitionClass> classes;
  const auto add = [&](std::uint8_t action, const std::string& label) {
    const bool known = std::any_of(classes.begin(), classes.end(), [&](const auto& c) {
      return c.action == action && c.label == label;
    });
    if (!known && !skip(action, label)) classes.push_back({action, label});
  };
  // Labels of negative frequency were added by hand; they come last, each with all its actions.
  std::vector<Move> later;
  std::vector<std::pair<std::string, std::uint8_t>> later_actions;
  for (const auto& [key, labels] : moves.items()) {  // in the order of the keys as text
    const auto action = to_number<std::uint8_t>(key);
    if (!action || !labels.is_object()) return corrupt();
    std::vector<Move> frequent;
    for (const auto& [label, frequency] : labels.items()) {
      if (!frequency.is_number_integer()) return corrupt();
      const auto count = frequency.get<std::int64_t>();
      if (count < 0) {
        later.push_back({count, label});
        later_actions.emplace_back(label, *action);
      } else {
        frequent.push_back({count, label});
      }
    }
    sort_moves(frequent);
    for (const Move& move : frequent) add(*action, move.label);
  }
  sort_moves(later);
  for (const Move& move : later) {
    for (const auto& [label, action] : later_actions) {
      if (label == move.label) add(action, label);
    }
  }
  return classes;
}

Result<TransitionNetwork> TransitionNetwork::load(const Model& model, std::size_t width,
                                                  std::size_t classes) {
  const auto corrupt = [&](std::string_view what) {
    return fail(ErrorCode::kCorrupt, model.name() + ": " + std::string(what));
  };
  const auto lower = model.named("precomputable_affine");
  const auto linear = model.named("linear");
  if (lower.size() != 1 || linear.empty() || linear.size() > 2) {
    return corrupt("not the layers of a transition-based parser");
  }
  const Array* w = lower[0]->param("W");
  const Array* b = lower[0]->param("b");
  const Array* pad = lower[0]->param("pad");
  const Array* projection_w = linear.back()->param("W");
  const Array* projection_b = linear.back()->param("b");
  if (w == nullptr || b == nullptr || pad == nullptr || projection_w == nullptr ||
      projection_b == nullptr || w->shape.size() != 4) {
    return corrupt("a layer lacks its weights");
  }
  TransitionNetwork net;
  const std::size_t inputs = w->shape[3];
  net.width_ = width;
  net.features_ = w->shape[0];
  net.hidden_ = w->shape[1];
  net.pieces_ = w->shape[2];
  const std::size_t wide = net.hidden_ * net.pieces_;
  if (!b->has_shape({net.hidden_, net.pieces_}) ||
      !pad->has_shape({1, net.features_, net.hidden_, net.pieces_}) ||
      !projection_w->has_shape({inputs, width}) || !projection_b->has_shape({inputs})) {
    return corrupt("its layers do not fit each other");
  }
  if (net.hidden_ % 16 != 0 || net.hidden_ == 0 || net.pieces_ == 0 || net.features_ == 0 ||
      net.features_ > kMaxFeatures || (net.features_ * wide) % Matrix::kPanel != 0) {
    return fail(ErrorCode::kUnsupported, model.name() + ": a hidden layer of this size");
  }
  net.projection_ =
      Matrix(projection_w->data.data(), width, width, projection_b->data, plain_order(inputs));
  std::vector<std::uint32_t> order;
  for (std::size_t f = 0; f < net.features_; ++f) {
    for (std::size_t p = 0; p < net.pieces_; ++p) {
      for (std::size_t o = 0; o < net.hidden_; ++o) {
        order.push_back(static_cast<std::uint32_t>((f * net.hidden_ + o) * net.pieces_ + p));
      }
    }
  }
  net.lower_ = Matrix(w->data.data(), inputs, inputs, {}, order);
  for (const std::uint32_t at : order) net.missing_.push_back(pad->data[at]);
  for (std::size_t n = 0; n < wide; ++n) net.bias_.push_back(b->data[order[n]]);
  std::size_t scores = net.hidden_;
  if (linear.size() == 2) {
    const Array* upper_w = linear[0]->param("W");
    const Array* upper_b = linear[0]->param("b");
    if (upper_w == nullptr || upper_b == nullptr || !upper_w->has_shape({classes, net.hidden_}) ||
        !upper_b->has_shape({classes})) {
      return corrupt("its upper layer does not fit its moves");
    }
    net.upper_ =
        Matrix(upper_w->data.data(), net.hidden_, net.hidden_, upper_b->data, plain_order(classes));
    scores = classes;
  }
  if (scores != classes) return corrupt("its hidden layer does not fit its moves");
  net.padded_ = (classes + Matrix::kPanel - 1) / Matrix::kPanel * Matrix::kPanel;
  return net;
}

void TransitionNetwork::start(const float* rows, std::size_t size,
                              TransitionScratch& scratch) const {
  const std::size_t wide = lower_.padded();
  scratch.projected_.reserve(kBlock * projection_.padded());
  scratch.lower_.reserve(size * wide);
  scratch.hidden_.reserve(hidden_ + Matrix::kPanel);
  scratch.scores_.reserve(padded_);
  std::fill_n(scratch.hidden_.data(), hidden_ + Matrix::kPanel, 0.0F);
  for (std::size_t row = 0; row < size; row += kBlock) {
    const std::size_t count = std::min(kBlock, size - row);
    multiply(projection_, rows + row * width_, width_, count, scratch.projected_.data(),
             projection_.padded());
    multiply(lower_, scratch.projected_.data(), projection_.padded(), count,
             scratch.lower_.data() + row * wide, wide);
  }
}

std::int32_t TransitionNetwork::best(std::span<const std::int32_t> tokens, const float* mask,
                                     TransitionScratch& scratch) const {
  const std::size_t wide = lower_.padded(), each = hidden_ * pieces_;
  const float* parts[kMaxFeatures];
  for (std::size_t f = 0; f < features_; ++f) {
    parts[f] =
        (tokens[f] < 0 ? missing_.data()
                       : scratch.lower_.data() + static_cast<std::size_t>(tokens[f]) * wide) +
        f * each;
  }
  add_maxout({parts, features_}, bias_.data(), pieces_, hidden_, scratch.hidden_.data());
  if (upper_.outputs() == 0) return best_allowed(scratch.hidden_.data(), mask, padded_);
  multiply(upper_, scratch.hidden_.data(), hidden_, 1, scratch.scores_.data(), padded_);
  return best_allowed(scratch.scores_.data(), mask, padded_);
}

}  // namespace dateline::language
