// The embedded tables load whole.
#include <gtest/gtest.h>

#include "dateline/times/tables.h"

namespace dateline::times {
namespace {

TEST(Tables, EveryRowIsRead) {
  EXPECT_EQ(tables().lexicon.malformed(), 0);
  for (const std::string& error : tables().grammar.errors()) ADD_FAILURE() << error;
}

}  // namespace
}  // namespace dateline::times
