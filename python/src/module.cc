#include "module.h"

#include "models_folder.h"
#include "version.h"

NB_MODULE(_core, module) {
  namespace app = dateline::app;
  namespace python = dateline::python;
  python::nb::set_leak_warnings(false);  // nothing is printed, also where a program ends at once
  python::register_errors(module);
  python::register_articles(module);
  python::register_record(module);
  python::register_reader(module);
  python::register_clocks(module);
  python::register_store(module);
  python::register_tables(module);
  module.def("version", &app::version_number, "\"0.1.0\"");
  module.def("models_folder", &app::models_folder,
             "$DATELINE_MODELS, else models/ of the checkout that this was built from");
  module.def("checkout_folder", &app::checkout_folder, "The checkout that this was built from");
}
