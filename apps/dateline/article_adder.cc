#include "article_adder.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include "dateline/article/inputs.h"
#include "dateline/language/pipeline.h"
#include "dateline/reader/reader.h"
#include "models_folder.h"
#include "version.h"

namespace dateline::app {
namespace {

// Bytes as a file that lies in memory alone and has a path, which is what the reader of inputs
// takes.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : file_(memfd_create("article", MFD_CLOEXEC)) {
    while (file_ >= 0 && !bytes.empty()) {
      const auto written = write(file_, bytes.data(), bytes.size());
      if (written <= 0) {
        close(file_);
        file_ = -1;
        return;
      }
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  ~MemoryFile() {
    if (file_ >= 0) close(file_);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  [[nodiscard]] bool is_open() const { return file_ >= 0; }
  [[nodiscard]] std::string path() const { return fmt::format("/proc/self/fd/{}", file_); }

 private:
  int file_;
};

article::InputFormat format_of(std::string_view content_type) {
  if (content_type == "text/html") return article::InputFormat::kHtml;
  if (content_type == "application/jsonl") return article::InputFormat::kJsonl;
  return article::InputFormat::kAuto;
}

}  // namespace

struct ArticleAdder::Impl {
  language::Pipeline pipeline;
  Models models;
  language::Workspace workspace;

  Result<void> keep(store::Store& store, const Article& article, serve::AddReport& report) {
    std::vector<Doc> docs = annotate(pipeline, std::span(&article, 1), workspace);
    const Record record = read(article, std::move(docs.front()), models);
    DATELINE_TRY(const store::Added added, store.add(store::prepare(record), version()));
    switch (added.outcome) {
      case store::Outcome::kAdded:
      case store::Outcome::kNewer:
        report.added.push_back(added.article);
        break;
      case store::Outcome::kSame:
        report.same.push_back(added.article);
        break;
      case store::Outcome::kFolded:
        report.folded.push_back(added.article);
        break;
    }
    return {};
  }
};

ArticleAdder::ArticleAdder(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ArticleAdder::~ArticleAdder() = default;
ArticleAdder::ArticleAdder(ArticleAdder&&) noexcept = default;
ArticleAdder& ArticleAdder::operator=(ArticleAdder&&) noexcept = default;

Result<ArticleAdder> ArticleAdder::load(const std::string& model) {
  if (model.empty())
    return fail(ErrorCode::kInvalidArgument,
                "no language model: give --model DIR or set DATELINE_MODEL");
  DATELINE_TRY(auto pipeline, language::Pipeline::load(model));
  DATELINE_TRY(auto models, Models::load(models_folder()));
  return ArticleAdder(std::unique_ptr<Impl>(new Impl{std::move(pipeline), std::move(models), {}}));
}

Result<serve::AddReport> ArticleAdder::add(store::Store& store, const serve::AddRequest& sent) {
  article::InputOptions options;
  options.format = format_of(sent.content_type);
  if (!sent.published.empty()) {
    DATELINE_TRY(options.published, parse_time_point(sent.published));
  }
  const MemoryFile file(sent.body);
  if (!file.is_open()) return fail(ErrorCode::kIo, "no memory for the article");
  // Messages name the file as the sender does.
  const std::string name(sent.name.empty() ? "the article" : sent.name);
  const auto named = [&](std::string message) {
    const std::string path = file.path();
    if (const auto at = message.find(path); at != std::string::npos)
      message.replace(at, path.size(), name);
    return message;
  };
  article::InputStream input({file.path()}, options);
  serve::AddReport report;
  for (;;) {
    auto next = input.next();
    if (!next) {
      report.errors.push_back(named(next.error().message));
      continue;
    }
    if (!next->has_value()) return report;
    DATELINE_DO(impl_->keep(store, **next, report));
  }
}

}  // namespace dateline::app
