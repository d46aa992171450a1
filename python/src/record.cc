#include "record.h"

#include "dateline/record/brief.h"
#include "dateline/record/write_json.h"
#include "errors.h"
#include "module.h"

namespace dateline::python {
namespace {

unicode::OffsetUnit unit_named(const std::string& name) {
  if (name == "chars") return unicode::OffsetUnit::kCodePoints;
  if (name == "bytes") return unicode::OffsetUnit::kBytes;
  if (name == "utf16") return unicode::OffsetUnit::kUtf16;
  throw Failure(
      {ErrorCode::kInvalidArgument, "offsets: \"" + name + "\" is none of chars, bytes, utf16"});
}

std::string json_of(const SharedRecord& self, const std::string& offsets, int indent,
                    bool source_map) {
  return record::write_json(
      *self.record,
      {.offsets = unit_named(offsets), .indent = indent, .text = true, .source_map = source_map});
}

// Brief pages cite bytes as they are; Python's strings cannot.
std::string brief_of(const SharedRecord& self) {
  return unicode::sanitize(record::write_brief(*self.record), nullptr);
}

}  // namespace

void register_record(nb::module_& module) {
  nb::class_<SharedRecord>(module, "Record", "Everything that was read in one article.")
      .def("json", &json_of, nb::arg("offsets") = "chars", nb::arg("indent") = -1,
           nb::arg("source_map") = false, nb::call_guard<nb::gil_scoped_release>())
      .def("brief", &brief_of, nb::call_guard<nb::gil_scoped_release>());
}

}  // namespace dateline::python
