#include "errors.h"

#include "module.h"

namespace dateline::python {
namespace {

const char* name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return "invalid_argument";
    case ErrorCode::kNotFound:
      return "not_found";
    case ErrorCode::kIo:
      return "io";
    case ErrorCode::kCorrupt:
      return "corrupt";
    case ErrorCode::kUnsupported:
      return "unsupported";
    case ErrorCode::kBusy:
      return "busy";
  }
  return "io";
}

// dateline.Error is written in Python, so that it has a docstring and a type that tools can read.
void raise(const Error& error) {
  const nb::object type = nb::module_::import_("dateline._error").attr("Error");
  const nb::object raised = type(text_of(error.message), name_of(error.code));
  PyErr_SetObject(type.ptr(), raised.ptr());
}

}  // namespace

void register_errors(nb::module_&) {
  nb::register_exception_translator(
      [](const std::exception_ptr& thrown, void*) {
        try {
          std::rethrow_exception(thrown);
        } catch (const Failure& failure) {
          raise(failure.error);
        }
      },
      nullptr);
}

}  // namespace dateline::python
