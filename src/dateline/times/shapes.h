#pragma once
// Shapes over atoms: what a run of digits and number words can be in a time expression.
#include <cstdint>
#include <vector>

#include "dateline/times/scan.h"

namespace dateline::times {

// Appends every shape that begins at atom `i` of `scan`. O(1) for words that are none.
void find_shapes(const Scan& scan, std::uint32_t i, const Lexicon& lexicon,
                 std::vector<Shape>& out);

// Orders in which a numeric date may be meant; Value::other of kNumericDate holds the order that
// was taken and whether the others name a day too. See numeric_readings().
struct NumericDate {
  int year = 0, month = 0, day = 0;
};
// All days that the three numbers of a numeric date may mean, the likeliest first (ISO when the
// year leads; month first with slashes and dashes, day first with dots). Empty: no such day.
[[nodiscard]] std::vector<NumericDate> numeric_readings(int a, int b, int c, char separator);

}  // namespace dateline::times
