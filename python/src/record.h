#pragma once
// A record as Python holds it: shared, so that a store can keep it while Python looks at it.
#include <memory>

#include "dateline/record/record.h"

namespace dateline::python {

struct SharedRecord {
  std::shared_ptr<const Record> record;
};

}  // namespace dateline::python
