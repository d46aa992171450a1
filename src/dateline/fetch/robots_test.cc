#include "dateline/fetch/robots.h"

#include <gtest/gtest.h>

namespace dateline::fetch {
namespace {

struct Row {
  std::string_view name, robots, target;
  bool allowed;
};

// The examples of RFC 9309, section 2.2.2 and 5, in words of our own, and what is met in the wild.
constexpr Row kRows[] = {
    {"empty_file_allows", "", "/a", true},
    {"no_matching_group_allows", "User-agent: other\nDisallow: /", "/a", true},
    {"star_group", "User-agent: *\nDisallow: /", "/a", false},
    {"own_group_before_star", "User-agent: *\nDisallow: /\n\nUser-agent: dateline\nDisallow: /x",
     "/a", true},
    {"own_group_without_rules", "User-agent: *\nDisallow: /\n\nUser-agent: dateline\n", "/a", true},
    {"name_in_any_case", "USER-AGENT: DateLine\nDISALLOW: /", "/a", false},
    {"name_with_version", "User-agent: dateline/2.0\nDisallow: /", "/a", false},
    {"longer_name_is_another", "User-agent: datelinebot\nDisallow: /", "/a", true},
    {"group_of_several_names", "User-agent: other\nUser-agent: dateline\nDisallow: /", "/a", false},
    {"groups_of_one_name_count_together",
     "User-agent: dateline\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\n"
     "User-agent: dateline\nDisallow: /b",
     "/b", false},
    {"other_lines_do_not_split_a_group",
     "User-agent: dateline\nSitemap: https://post.example/s.xml\nUser-agent: other\nDisallow: /",
     "/a", false},
    {"rules_before_any_group", "Disallow: /\nUser-agent: *\nDisallow: /b", "/a", true},
    {"empty_disallow", "User-agent: *\nDisallow:", "/a", true},
    {"path_is_a_prefix", "User-agent: *\nDisallow: /news", "/newsletter/1", false},
    {"path_in_its_case", "User-agent: *\nDisallow: /News", "/news", true},
    {"longest_match_allows", "User-agent: *\nDisallow: /a/\nAllow: /a/open/", "/a/open/1", true},
    {"longest_match_disallows", "User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", false},
    {"order_does_not_matter", "User-agent: *\nAllow: /a/open/\nDisallow: /a/", "/a/open/1", true},
    {"allow_wins_a_tie", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", true},
    {"star_inside", "User-agent: *\nDisallow: /*/print", "/2021/05/print", false},
    {"star_at_the_end", "User-agent: *\nDisallow: /a*", "/abc", false},
    {"two_stars", "User-agent: *\nDisallow: /a*b*c", "/a1b2c3", false},
    {"two_stars_out_of_order", "User-agent: *\nDisallow: /a*b*c", "/a1c2b3", true},
    {"dollar_is_the_end", "User-agent: *\nDisallow: /*.gif$", "/x/a.gif", false},
    {"dollar_asks_for_the_end", "User-agent: *\nDisallow: /*.gif$", "/x/a.gif?b", true},
    {"dollar_without_star", "User-agent: *\nDisallow: /a$", "/ab", true},
    {"star_dollar_pieces_do_not_overlap", "User-agent: *\nDisallow: /ab*ba$", "/aba", true},
    {"dollar_inside_is_a_byte", "User-agent: *\nDisallow: /a$b", "/a", true},
    {"encoded_star_is_a_byte", "User-agent: *\nDisallow: /a%2A", "/a*b", false},
    {"encoded_star_is_no_star", "User-agent: *\nDisallow: /a%2Ab", "/aXb", true},
    {"query_is_part_of_it", "User-agent: *\nDisallow: /*?id=", "/a?id=4", false},
    {"encoded_letters_are_letters", "User-agent: *\nDisallow: /%7Eann", "/~ann/1", false},
    {"bytes_beyond_ascii", "User-agent: *\nDisallow: /caf\xC3\xA9", "/caf%c3%a9", false},
    {"encoded_slash_is_no_slash", "User-agent: *\nDisallow: /a/b", "/a%2Fb", true},
    {"comments", "User-agent: * # all\nDisallow: /a # not this\n# Disallow: /b", "/b", true},
    {"byte_order_mark", "\xEF\xBB\xBFUser-agent: *\nDisallow: /", "/a", false},
    {"carriage_returns", "User-agent: *\rDisallow: /a\r\nDisallow: /b", "/b", false},
    {"no_path", "User-agent: *\nDisallow: /", "", false},
    {"robots_txt_itself", "User-agent: *\nDisallow: /", "/robots.txt", true},
    {"a_page_in_its_place", "<html><body>Not found: sorry</body></html>", "/a", true},
};

class Robots : public testing::TestWithParam<Row> {};
TEST_P(Robots, Allows) {
  const Row& row = GetParam();
  EXPECT_EQ(RobotsRules::parse(row.robots, "dateline").allows(row.target), row.allowed);
}
INSTANTIATE_TEST_SUITE_P(Table, Robots, testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Robots, WhatLiesBehindTheLimitIsNotRead) {
  const std::string comment = "#" + std::string(600 << 10, 'x') + "\n";
  const std::string rules = "User-agent: *\nDisallow: /\n";
  EXPECT_FALSE(RobotsRules::parse(rules + comment, "dateline").allows("/a"));
  EXPECT_TRUE(RobotsRules::parse(comment + rules, "dateline").allows("/a"));
}

}  // namespace
}  // namespace dateline::fetch
