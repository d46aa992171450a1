#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "dateline/neural/kernels.h"
#include "dateline/neural/layers.h"
#include "dateline/neural/tensors.h"

namespace dateline::neural {
namespace {

using Json = nlohmann::json;

std::string safetensors(const Json& header, const std::string& data) {
  const std::string text = header.dump();
  std::string bytes;
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>(text.size() >> (8 * i) & 0xFF);
  return bytes + text + data;
}

std::string float_bytes(const std::vector<float>& values) {
  std::string bytes;
  for (const float value : values) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    for (int i = 0; i < 4; ++i) bytes += static_cast<char>(bits >> (8 * i) & 0xFF);
  }
  return bytes;
}

Json entry(const char* type, std::vector<std::size_t> shape, std::size_t begin, std::size_t end) {
  return {{"dtype", type}, {"shape", std::move(shape)}, {"data_offsets", {begin, end}}};
}

// --- tensors

TEST(Tensors, ReadsThreeWidthsOfNumbers) {
  std::string data = float_bytes({1.5F, -2.0F});
  data += std::string("\x00\x3C\x01\x00", 4);  // half: 1, 2^-24
  data += std::string("\x80\xBF", 2);          // bfloat: -1
  const Json header = {{"a", entry("F32", {2}, 0, 8)},
                       {"b", entry("F16", {1, 2}, 8, 12)},
                       {"c", entry("BF16", {}, 12, 14)},
                       {"__metadata__", {{"format", "dateline/1"}}}};
  const auto tensors = Tensors::parse(safetensors(header, data), "test");
  ASSERT_TRUE(tensors);
  EXPECT_EQ(tensors->vector("a", 2).value(), (std::vector<float>{1.5F, -2.0F}));
  EXPECT_EQ(tensors->matrix("b").value(), Matrix(1, 2, {1.0F, 0x1p-24F}));
  EXPECT_EQ(tensors->get("c").value().data, std::vector<float>{-1.0F});
  EXPECT_EQ(tensors->metadata("format"), "dateline/1");
  EXPECT_FALSE(tensors->vector("a", 3));
  EXPECT_FALSE(tensors->matrix("a"));
  EXPECT_FALSE(tensors->get("d"));
}

struct BadFile {
  const char* name;
  std::string bytes;
};
class BadTensors : public testing::TestWithParam<BadFile> {};
TEST_P(BadTensors, AreRefused) {
  const auto tensors = Tensors::parse(GetParam().bytes, "weights");
  ASSERT_FALSE(tensors);
  EXPECT_EQ(tensors.error().code, ErrorCode::kCorrupt);
  EXPECT_THAT(tensors.error().message, testing::StartsWith("weights: "));
}
INSTANTIATE_TEST_SUITE_P(
    Table, BadTensors,
    testing::Values(
        BadFile{"Empty", ""}, BadFile{"LengthOnly", std::string(8, '\xFF')},
        BadFile{"NotJson", std::string("\x02\0\0\0\0\0\0\0{]", 10)},
        BadFile{"PastTheEnd", safetensors({{"a", entry("F32", {2}, 0, 8)}}, "1234")},
        BadFile{"Backwards", safetensors({{"a", entry("F32", {0}, 4, 0)}}, "1234")},
        BadFile{"WrongSize", safetensors({{"a", entry("F32", {2}, 0, 4)}}, "1234")},
        BadFile{"Overflow",
                safetensors({{"a", entry("F32", {1ULL << 40, 1ULL << 40}, 0, 4)}}, "1234")},
        BadFile{"OtherType", safetensors({{"a", entry("I64", {1}, 0, 8)}}, "12345678")},
        BadFile{"NegativeOffset",
                safetensors({{"a", {{"dtype", "F32"}, {"shape", {1}}, {"data_offsets", {-4, 0}}}}},
                            "1234")},
        BadFile{"NotAnObject", safetensors({{"a", 3}}, "")}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Tensors, AMissingFileNamesItself) {
  const auto missing = load("no/such/weights.safetensors");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
}

// --- layers against PyTorch

struct Frozen {
  std::string name;
  Tensors weights;
  Matrix input;
  std::vector<float> output;
};

Matrix matrix_of(const Json& numbers) {
  return Matrix(numbers["shape"][0], numbers["shape"][1],
                numbers["data"].get<std::vector<float>>());
}

std::map<std::string, Frozen> read_frozen() {
  std::ifstream file(DATELINE_CASES "/neural/layers.json");
  std::map<std::string, Frozen> cases;
  for (const Json& row : Json::parse(file)) {
    Json header = Json::object();
    std::string data;
    for (const auto& [name, numbers] : row["weights"].items()) {
      const std::string bytes = float_bytes(numbers["data"].get<std::vector<float>>());
      header[name] = entry("F32", numbers["shape"].get<std::vector<std::size_t>>(), data.size(),
                           data.size() + bytes.size());
      data += bytes;
    }
    cases[row["name"]] = {row["name"], Tensors::parse(safetensors(header, data), "case").value(),
                          matrix_of(row["input"]), row["output"]["data"].get<std::vector<float>>()};
  }
  return cases;
}

const Frozen& frozen(const std::string& name) {
  static const auto cases = read_frozen();
  return cases.at(name);
}

void expect_near(const Matrix& found, std::span<const float> expected) {
  ASSERT_EQ(found.rows() * found.cols(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i)
    ASSERT_NEAR(found.data()[i], expected[i], 1e-5) << "at " << i;
}

TEST(Layers, LinearIsTorchs) {
  for (const char* name : {"linear", "linear_no_bias"}) {
    const Frozen& c = frozen(name);
    expect_near(Linear::load(c.weights, "m").value()(c.input), c.output);
  }
}
TEST(Layers, LayerNormIsTorchs) {
  const Frozen& c = frozen("layer_norm");
  Matrix x = c.input;
  LayerNorm::load(c.weights, "m").value()(x);
  expect_near(x, c.output);
}
TEST(Layers, LstmIsTorchs) {
  const Frozen& c = frozen("lstm");
  expect_near(BiLstm::load(c.weights, "m").value()(c.input), c.output);
}
TEST(Layers, GruIsTorchs) {
  const Frozen& c = frozen("gru");
  expect_near(BiGru::load(c.weights, "m").value()(c.input), c.output);
}
TEST(Layers, ConvolutionIsTorchs) {
  const Frozen& c = frozen("convolution");
  expect_near(Convolution::load(c.weights, "m", 2).value()(c.input), c.output);
}
TEST(Layers, BiaffineIsTorchs) {
  const Frozen& c = frozen("biaffine");
  const auto layer = Biaffine::load(c.weights, "m.u").value();
  const std::size_t size = c.input.rows() * c.input.rows();
  for (std::size_t l = 0; l < layer.labels(); ++l)
    expect_near(layer(c.input, c.input, l), std::span(c.output).subspan(l * size, size));
}
TEST(Layers, ActivationsAreTorchs) {
  const std::pair<const char*, void (*)(std::span<float>)> table[] = {
      {"gelu", gelu}, {"sigmoid", sigmoid}, {"tanh", neural::tanh}, {"softmax", softmax}};
  for (const auto& [name, apply] : table) {
    const Frozen& c = frozen(name);
    Matrix x = c.input;
    for (std::size_t i = 0; i < x.rows(); ++i) apply(x.row(i));
    expect_near(x, c.output);
  }
}
TEST(Layers, EmptyInputGivesEmptyOutput) {
  EXPECT_EQ(BiLstm::load(frozen("lstm").weights, "m").value()(Matrix(0, 6)).rows(), 0U);
  EXPECT_EQ(Linear::load(frozen("linear").weights, "m").value()(Matrix(0, 13)).rows(), 0U);
}
TEST(Layers, AMissingLayerIsAnError) {
  EXPECT_FALSE(Linear::load(frozen("linear").weights, "other"));
  EXPECT_FALSE(BiLstm::load(frozen("gru").weights, "m"));
}
TEST(Layers, EmbeddingPastTheTableReadsRowZero) {
  const Json header = {{"e.weight", entry("F32", {2, 1}, 0, 8)}};
  const auto tensors = Tensors::parse(safetensors(header, float_bytes({4, 5})), "t").value();
  const auto layer = Embedding::load(tensors, "e").value();
  EXPECT_EQ(layer(std::vector<std::uint32_t>{1, 0, 9}), Matrix(3, 1, {5, 4, 4}));
}

// --- kernels against plain loops

Matrix random_matrix(std::size_t rows, std::size_t cols, std::mt19937& random) {
  std::uniform_real_distribution<float> number(-1, 1);
  Matrix x(rows, cols);
  for (std::size_t i = 0; i < rows * cols; ++i) x.data()[i] = number(random);
  return x;
}

TEST(Kernels, MultiplyAsPlainLoopsDo) {
  std::mt19937 random(7);
  for (const std::size_t rows : {1, 3, 4, 9})
    for (const std::size_t inner : {1, 2, 17})
      for (const std::size_t cols : {1, 7, 8, 9, 16, 33}) {
        const Matrix x = random_matrix(rows, inner, random), w = random_matrix(cols, inner, random);
        const Matrix y = Linear(w, {})(x);
        for (std::size_t i = 0; i < rows; ++i)
          for (std::size_t j = 0; j < cols; ++j)
            ASSERT_NEAR(y(i, j), dot(x.row(i), w.row(j)), 1e-5);
      }
}

TEST(Kernels, RowsTakenTogetherGiveTheBitsOfEachAlone) {
  std::mt19937 random(12);
  for (const std::size_t cols : {3, 8, 24}) {
    const Matrix x = random_matrix(13, 20, random);
    const Linear layer(random_matrix(cols, 20, random), {});
    const Matrix all = layer(x);
    for (std::size_t i = 0; i < x.rows(); ++i) {
      std::vector<float> alone(cols);
      layer.add_to(x.row(i), alone);
      EXPECT_TRUE(std::ranges::equal(alone, all.row(i))) << i << ' ' << cols;
    }
  }
}

TEST(Kernels, PositivePartsAreAsPlainLoopsHaveThem) {
  std::mt19937 random(13);
  for (const std::size_t cols : {1, 16, 35}) {
    const Matrix x = random_matrix(1, cols, random);
    Matrix positive = x, sum = x;
    relu(positive.all());
    add_positive(x.all(), sum.all());
    for (std::size_t j = 0; j < cols; ++j) {
      EXPECT_EQ(positive(0, j), std::max(x(0, j), 0.0F));
      EXPECT_EQ(sum(0, j), x(0, j) + std::max(x(0, j), 0.0F));
    }
  }
}

TEST(Matrix, BeginsAtALineOfTheCacheWithZeros) {
  for (const std::size_t rows : {1, 3, 100}) {
    const Matrix made(rows, 7);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(made.data()) % 64, 0);
    EXPECT_THAT(made.all(), testing::Each(0.0F));
  }
}

TEST(WholeLinear, IsNearToLinearAtAnySize) {
  std::mt19937 random(9);
  for (const std::size_t rows : {1, 3, 4, 9})
    for (const std::size_t inner : {1, 2, 17, 64})
      for (const std::size_t cols : {1, 7, 8, 16, 33, 72, 104}) {
        Matrix x = random_matrix(rows, inner, random);
        if (rows > 2) std::ranges::fill(x.row(1), 0.0F);
        const Matrix w = random_matrix(cols, inner, random), b = random_matrix(1, cols, random);
        Json header = {{"m.weight", entry("F32", {cols, inner}, 0, 4 * cols * inner)}};
        header["m.bias"] = entry("F32", {cols}, 4 * cols * inner, 4 * cols * (inner + 1));
        const std::string data = float_bytes({w.data(), w.data() + cols * inner}) +
                                 float_bytes({b.data(), b.data() + cols});
        const auto weights = Tensors::parse(safetensors(header, data), "test");
        WholeRows whole;
        whole.assign(x);
        Matrix found;
        WholeLinear::load(*weights, "m").value()(whole, found);
        const Matrix expected = Linear::load(*weights, "m").value()(x);
        ASSERT_EQ(found.rows(), rows);
        for (std::size_t i = 0; i < rows; ++i)
          for (std::size_t j = 0; j < cols; ++j)
            ASSERT_NEAR(found(i, j), expected(i, j), 2e-3) << rows << ' ' << inner << ' ' << cols;
      }
}

TEST(WholeLinear, RowsChosenAreTheSameRows) {
  std::mt19937 random(10);
  const Matrix x = random_matrix(5, 7, random), w = random_matrix(3, 7, random);
  const auto weights = Tensors::parse(safetensors({{"m.weight", entry("F32", {3, 7}, 0, 84)}},
                                                  float_bytes({w.data(), w.data() + 21})),
                                      "test");
  const WholeLinear layer = WholeLinear::load(*weights, "m").value();
  WholeRows all, some, added;
  all.assign(x);
  some.assign(x, std::vector<std::uint32_t>{4, 1});
  added.start(7, 1);
  added.set(0, x.row(4));
  Matrix whole, part, one;
  layer(all, whole);
  layer(some, part);
  layer(added, one);
  for (std::size_t j = 0; j < 3; ++j) {
    EXPECT_EQ(part(0, j), whole(4, j));
    EXPECT_EQ(part(1, j), whole(1, j));
    EXPECT_EQ(one(0, j), whole(4, j));
  }
}

TEST(Kernels, WindowsAndSumsAreAsPlainLoopsHaveThem) {
  std::mt19937 random(11);
  for (const std::size_t rows : {1, 2, 5, 12})
    for (const std::size_t cols : {1, 8, 35, 64})
      for (const std::size_t dilation : {1, 2}) {
        const Matrix x = random_matrix(rows, cols, random), w = random_matrix(5, cols, random);
        Matrix y(rows, cols);
        add_up_window(x.data(), rows, cols, w.data(), 5, dilation, y.data());
        for (std::size_t i = 0; i < rows; ++i)
          for (std::size_t j = 0; j < cols; ++j) {
            float sum = 0;
            for (std::size_t n = 0; n < 5; ++n) {
              const auto at = static_cast<std::ptrdiff_t>(i + n * dilation) -
                              static_cast<std::ptrdiff_t>(2 * dilation);
              if (at >= 0 && at < static_cast<std::ptrdiff_t>(rows))
                sum += x(static_cast<std::size_t>(at), j) * w(n, j);
            }
            ASSERT_NEAR(y(i, j), sum, 1e-5);
          }
        const float* const both[] = {x.row(0).data(), w.row(0).data()};
        std::vector<float> out(cols, 1.0F);
        add_rows(both, out);
        for (std::size_t j = 0; j < cols; ++j) ASSERT_EQ(out[j], (1.0F + x(0, j)) + w(0, j));
      }
}

TEST(Kernels, SparseRowsGiveTheSameBits) {
  std::mt19937 random(8);
  for (const std::size_t cols : {1, 8, 33, 64, 96, 104}) {
    Matrix x = random_matrix(1, 40, random);
    std::vector<std::uint32_t> columns;
    std::vector<float> values;
    for (std::uint32_t i = 0; i < 40; ++i) {
      if (i % 4 != 0) x.data()[i] = 0;
      if (i % 4 != 0) continue;
      columns.push_back(i);
      values.push_back(x.data()[i]);
    }
    const Linear layer(random_matrix(cols, 40, random), std::vector<float>(cols, 0.25F));
    std::vector<float> out(layer.bias().begin(), layer.bias().end());
    layer.add_sparse_to({columns, values}, out);
    EXPECT_EQ(Matrix(1, cols, out), layer(x));
  }
}

TEST(SparseRows, DenseRowsHoldWhatIsSharedAndWhatIsTheirOwn) {
  SparseRows rows(4);
  const std::vector<std::uint32_t> first{0}, last{2, 3};
  const std::vector<float> one{1}, two{2, 5};
  rows.share({first, one});
  rows.add({last, two});
  rows.add({});
  EXPECT_EQ(rows.dense(), (std::vector<float>{1, 0, 2, 5, 1, 0, 0, 0}));
}

TEST(Kernels, SquashesStayInRange) {
  std::vector<float> values{-1e30F, -100, 0, 100, 1e30F};
  sigmoid(values);
  EXPECT_THAT(values, testing::Each(testing::AllOf(testing::Ge(0.0F), testing::Le(1.0F))));
  EXPECT_FLOAT_EQ(values[2], 0.5F);
}

// --- CRF against all paths

double path_score(const Matrix& e, const Matrix& t, std::span<const float> start,
                  std::span<const float> end, std::span<const std::uint32_t> path) {
  double score = start[path[0]] + end[path.back()];
  for (std::size_t i = 0; i < path.size(); ++i) {
    score += e(i, path[i]);
    if (i > 0) score += t(path[i - 1], path[i]);
  }
  return score;
}

TEST(Crf, DecodesTheBestOfAllPathsAndTheirMarginals) {
  std::mt19937 random(3);
  constexpr std::size_t kLabels = 3, kSteps = 4;
  for (int round = 0; round < 20; ++round) {
    const Matrix t = random_matrix(kLabels, kLabels, random),
                 e = random_matrix(kSteps, kLabels, random);
    const Matrix s = random_matrix(2, kLabels, random);
    const std::vector<float> start(s.row(0).begin(), s.row(0).end()),
        end(s.row(1).begin(), s.row(1).end());
    std::vector<std::uint32_t> path(kSteps), best;
    double top = -1e9, total = 0;
    Matrix expected(kSteps, kLabels);
    for (std::uint32_t code = 0; code < 81; ++code) {
      for (std::uint32_t i = 0, rest = code; i < kSteps; ++i, rest /= 3) path[i] = rest % 3;
      const double score = path_score(e, t, start, end, path);
      if (score > top) top = score, best = path;
      total += std::exp(score);
      for (std::size_t i = 0; i < kSteps; ++i)
        expected(i, path[i]) += static_cast<float>(std::exp(score));
    }
    for (std::size_t i = 0; i < kSteps * kLabels; ++i)
      expected.data()[i] /= static_cast<float>(total);
    const Crf crf(t, start, end);
    EXPECT_EQ(crf.decode(e), best);
    expect_near(crf.marginals(e), {expected.data(), kSteps * kLabels});
  }
}

TEST(Crf, NothingInNothingOut) {
  const Crf crf(Matrix(2, 2), {0, 0}, {0, 0});
  EXPECT_TRUE(crf.decode(Matrix(0, 2)).empty());
  EXPECT_EQ(crf.decode(Matrix(3, 2)), (std::vector<std::uint32_t>{0, 0, 0}));
}

}  // namespace
}  // namespace dateline::neural
