#pragma once
// The module dateline._core: one register function a bound type, each in a file of its own. Thin:
// what a Python programmer would write in Python is written there (python/dateline/).
#include <nanobind/nanobind.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <string>
#include <string_view>

namespace dateline::python {

namespace nb = nanobind;

// Names of files and texts of others need not be UTF-8: what is not becomes "\\xff".
inline nb::str text_of(std::string_view bytes) {
  return nb::steal<nb::str>(PyUnicode_DecodeUTF8(
      bytes.data(), static_cast<Py_ssize_t>(bytes.size()), "backslashreplace"));
}
inline std::string string_of(const nb::bytes& bytes) { return {bytes.c_str(), bytes.size()}; }

void register_errors(nb::module_& module);
void register_articles(nb::module_& module);
void register_record(nb::module_& module);
void register_reader(nb::module_& module);
void register_clocks(nb::module_& module);
void register_store(nb::module_& module);
void register_tables(nb::module_& module);

}  // namespace dateline::python
