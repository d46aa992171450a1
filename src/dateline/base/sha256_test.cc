#include "dateline/base/sha256.h"

#include <gtest/gtest.h>

namespace dateline {
namespace {

struct HashCase {
  const char* name;
  std::string bytes;
  const char* hex;
};
class Sha256 : public testing::TestWithParam<HashCase> {};
TEST_P(Sha256, GivesTheStandardsValue) { EXPECT_EQ(sha256_hex(GetParam().bytes), GetParam().hex); }
INSTANTIATE_TEST_SUITE_P(
    Table, Sha256,
    testing::Values(
        HashCase{"Empty", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        HashCase{"Abc", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        HashCase{"TwoBlocks", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                 "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        HashCase{"AMillion", std::string(1000000, 'a'),
                 "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace dateline
