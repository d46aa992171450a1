#include "reader.h"

#include <algorithm>

#include "errors.h"
#include "module.h"

namespace dateline::python {

Result<std::shared_ptr<LoadedReader>> LoadedReader::load(const std::string& model,
                                                         const std::string& models) {
  DATELINE_TRY(auto pipeline, language::Pipeline::load(model));
  DATELINE_TRY(auto parts, Models::load(models));
  return std::shared_ptr<LoadedReader>(new LoadedReader(std::move(pipeline), std::move(parts)));
}

language::Workspace LoadedReader::borrow() const {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return {};
  language::Workspace workspace = std::move(idle_.back());
  idle_.pop_back();
  return workspace;
}

void LoadedReader::give_back(language::Workspace workspace) const {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(workspace));
}

std::vector<SharedRecord> LoadedReader::read(const std::vector<Article>& articles) const {
  language::Workspace workspace = borrow();
  std::vector<Doc> docs = annotate(pipeline_, articles, workspace);
  std::vector<SharedRecord> records;
  records.reserve(articles.size());
  for (std::size_t i = 0; i < articles.size(); ++i)
    records.push_back(
        {std::make_shared<const Record>(dateline::read(articles[i], std::move(docs[i]), models_))});
  docs.clear();
  give_back(std::move(workspace));
  return records;
}

Lane::Lane(std::shared_ptr<LoadedReader> reader, unsigned threads)
    : reader_(std::move(reader)),
      threads_(std::max(1U, threads)),
      pool_(std::max(1U, threads), [] { return Nothing{}; }) {}

// Batches that nobody will take are not read.
Lane::~Lane() { given_up_ = true; }

void Lane::send() {
  auto batch = std::make_shared<const Batch>(std::exchange(batch_, {}));
  pool_.submit([this, batch](Nothing&) {
    return given_up_ ? std::vector<SharedRecord>() : reader_->read(batch->articles);
  });
}

void Lane::put(const Article& article) {
  batch_.add(article);
  if (batch_.full()) send();
}

std::vector<SharedRecord> Lane::take(bool all) {
  if (all && !batch_.articles.empty()) send();
  if (pool_.pending() == 0 || (!all && pool_.pending() <= 2 * threads_)) return {};
  return pool_.take();
}

void register_reader(nb::module_& module) {
  nb::class_<LoadedReader>(module, "Reader", "A language model and the learned parts.")
      .def(nb::new_([](const nb::bytes& model, const nb::bytes& models) {
             const std::string pipeline = string_of(model), parts = string_of(models);
             const nb::gil_scoped_release released;
             return unwrap(LoadedReader::load(pipeline, parts));
           }),
           nb::arg("model"), nb::arg("models"))
      .def(
          "read",
          [](const LoadedReader& self, const Article& article) {
            return self.read({article}).front();
          },
          nb::arg("article"), nb::call_guard<nb::gil_scoped_release>());
  nb::class_<Lane>(module, "Lane", "Articles read on threads; records in order.")
      .def(nb::init<std::shared_ptr<LoadedReader>, unsigned>(), nb::arg("reader"),
           nb::arg("threads"))
      .def("put", &Lane::put, nb::arg("article"), nb::call_guard<nb::gil_scoped_release>())
      .def("take", &Lane::take, nb::arg("all"), nb::call_guard<nb::gil_scoped_release>(),
           "The next records, as many as stand together; none: put more, or all were taken.");
}

}  // namespace dateline::python
