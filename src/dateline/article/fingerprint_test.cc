#include "dateline/article/fingerprint.h"

#include <gtest/gtest.h>

#include <string>

namespace dateline::article {
namespace {

constexpr std::string_view kStory =
    "The bridge over the Lesna was opened on Monday by the mayor of Osterhaven. It had been closed "
    "since the storm of 2012. Some four hundred people walked across it, among them Marta Szabo, "
    "who has taken the ferry twice a day for nine years. The council paid nine million crowns for "
    "the work, of which the county gave three and the port two. The rest came from a loan that is "
    "to be paid back within thirty years. The ferry will stop on the last day of the month.";

TEST(Fingerprint, CaseAndPunctuationDoNotCount) {
  EXPECT_EQ(fingerprint("The bridge, over the LESNA."), fingerprint("the bridge over the Lesna"));
}

TEST(Fingerprint, AWireCopyIsNearAndAnotherStoryIsFar) {
  std::string copy(kStory);
  copy.replace(copy.find("on Monday"), 9, "yesterday");
  copy += " Copyright Coast Agency.";
  const std::string other =
      "Snow fell on Port Ansel for the third day and closed both of its schools, the harbour and "
      "the road to the north. The weather office expects more of it until Thursday, when the wind "
      "will turn. Nobody has been hurt, said the police, but a roof gave way in Mill Street and "
      "two cars were left in the drifts near the lighthouse overnight.";
  EXPECT_LE(distance(fingerprint(kStory), fingerprint(copy)), 12);
  EXPECT_GE(distance(fingerprint(kStory), fingerprint(other)), 18);
}

TEST(Fingerprint, AnyBytesHaveOne) {
  EXPECT_EQ(fingerprint(""), 0U);
  EXPECT_EQ(fingerprint(" \xFF ... "), 0U);
  EXPECT_NE(fingerprint("word"), 0U);
}

}  // namespace
}  // namespace dateline::article
