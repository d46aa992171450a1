#pragma once
// Results in Python: a value, or a raised dateline.Error.
#include <exception>
#include <utility>

#include "dateline/base/result.h"

namespace dateline::python {

// What nanobind turns into dateline.Error. Thrown by unwrap() alone.
struct Failure : std::exception {
  explicit Failure(Error failed) : error(std::move(failed)) {}
  [[nodiscard]] const char* what() const noexcept override { return error.message.c_str(); }
  Error error;
};

template <class T>
T unwrap(Result<T> result) {
  if (!result) throw Failure(std::move(result).error());
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

}  // namespace dateline::python
