#pragma once
// Warning: one line for a person about an input that was read all the same.
#include <string>
#include <vector>

namespace dateline::article {

struct Warning {
  std::string message;  // names the input: "page.txt: 3 bytes are not UTF-8 …"
  friend bool operator==(const Warning&, const Warning&) = default;
};
using Warnings = std::vector<Warning>;

}  // namespace dateline::article
