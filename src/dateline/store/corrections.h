#pragma once
// Identity corrected by a person. A correction is data: a row that can be undone, kept when
// articles are read again.
#include <cstdint>
#include <string>
#include <vector>

#include "dateline/base/result.h"
#include "dateline/store/store.h"

namespace dateline::store {

struct Correction {
  std::int64_t id = 0;
  std::string said;  // in words: "P3 Ann Bell and P9 A. Bell are one"
};

// `b` becomes `a`. kNotFound, kInvalidArgument (the same one, or of different kinds).
Result<Correction> merge(Store& store, std::int64_t a, std::int64_t b);

// What the articles say of `person` becomes another identity's. kNotFound; kInvalidArgument when
// none or all of its articles are named.
Result<Correction> split(Store& store, std::int64_t person,
                         const std::vector<std::int64_t>& articles);

// Takes back the last correction that stands. kNotFound when there is none.
Result<Correction> undo(Store& store);

}  // namespace dateline::store
