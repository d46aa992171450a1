#pragma once
// RobotsRules: what the robots.txt of a host lets one crawler take, by RFC 9309.
#include <string>
#include <string_view>
#include <vector>

namespace dateline::fetch {

class RobotsRules {
 public:
  // `text` is a robots.txt, any bytes; what lies behind its first 512 KiB is not read (the RFC asks
  // for 500 at least). `product` is the crawler's token ("dateline"), compared without case. All
  // groups that name it count together; without one, those of "*". O(bytes).
  [[nodiscard]] static RobotsRules parse(std::string_view text, std::string_view product);

  // Whether `target`, the path and query of an address ("/a/b?c"), may be taken. The longest
  // pattern that matches decides, of equally long ones the one that allows; "*" stands for any
  // bytes, "$" at the end for the end. Percent-encoding is evened out first. /robots.txt always
  // may.
  [[nodiscard]] bool allows(std::string_view target) const;

 private:
  struct Rule {
    std::string pattern;  // evened out
    bool allow = false;
  };
  std::vector<Rule> rules_;
};

}  // namespace dateline::fetch
