#include "dateline/serve/answer_cache.h"

#include <gtest/gtest.h>

namespace dateline::serve {
namespace {

std::shared_ptr<const Response> answer(std::size_t bytes) {
  auto response = std::make_shared<Response>();
  response->body.assign(bytes, 'x');
  return response;
}

TEST(AnswerCache, GivesWhatWasKept) {
  AnswerCache cache(800);
  EXPECT_EQ(cache.find("a"), nullptr);
  const auto kept = answer(10);
  cache.keep("a", kept);
  EXPECT_EQ(cache.find("a"), kept);
}

TEST(AnswerCache, ForgetsWhatWasAskedForLongestAgo) {
  AnswerCache cache(800);
  for (char letter = 'a'; letter < 'i'; ++letter) cache.keep(std::string(1, letter), answer(100));
  EXPECT_NE(cache.find("a"), nullptr);  // asked for just now
  cache.keep("new", answer(100));
  EXPECT_NE(cache.find("a"), nullptr);
  EXPECT_EQ(cache.find("b"), nullptr);
  EXPECT_NE(cache.find("new"), nullptr);
}

TEST(AnswerCache, DoesNotKeepWhatIsTooLarge) {
  AnswerCache cache(800);
  cache.keep("large", answer(101));
  EXPECT_EQ(cache.find("large"), nullptr);
}

TEST(AnswerCache, KeepsTheFirstOfTwoAskedAtOnce) {
  AnswerCache cache(800);
  const auto first = answer(1);
  cache.keep("a", first);
  cache.keep("a", answer(2));
  EXPECT_EQ(cache.find("a"), first);
}

}  // namespace
}  // namespace dateline::serve
