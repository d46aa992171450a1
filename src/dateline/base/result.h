#pragma once
// Result<T>: a value, or an Error that says in one line what went wrong and names the input.
// For the outside world only (files, models, arguments): steps over text are total and have no
// errors.
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace dateline {

enum class ErrorCode { kInvalidArgument, kNotFound, kIo, kCorrupt, kUnsupported, kBusy };

struct Error {
  ErrorCode code;
  std::string message;  // one line for a person; names the file or input
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
  return tl::unexpected<Error>(Error{code, std::move(message)});
}

// DATELINE_TRY(auto db, Database::open(path));  unwraps, or returns the error.
// DATELINE_DO(db.execute(sql));                 the same for a Result<void>.
#define DATELINE_TRY(declaration, expression) \
  DATELINE_TRY_(declaration, expression, DATELINE_CAT(result_, __LINE__))
#define DATELINE_TRY_(declaration, expression, tmp)                           \
  auto tmp = (expression);                                                    \
  if (!tmp) return tl::unexpected<::dateline::Error>(std::move(tmp).error()); \
  declaration = *std::move(tmp)
#define DATELINE_DO(expression)                                           \
  do {                                                                    \
    if (auto done_ = (expression); !done_)                                \
      return tl::unexpected<::dateline::Error>(std::move(done_).error()); \
  } while (false)
#define DATELINE_CAT_(a, b) a##b
#define DATELINE_CAT(a, b) DATELINE_CAT_(a, b)

}  // namespace dateline
