#include "session.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>

#include "dateline/article/inputs.h"
#include "dateline/base/ordered_pool.h"
#include "dateline/fetch/http_fetcher.h"
#include "dateline/language/token_dump.h"
#include "dateline/reader/batch.h"
#include "dateline/reader/reader.h"
#include "output.h"
#include "version.h"

namespace dateline::app {
namespace {

// With --tokens: the dump line of each article.
struct DumpedBatch : Batch {
  std::vector<std::string> dumps;
};

struct Answer {
  std::vector<Finish> finishes;  // one an article
  std::vector<std::string> errors;
};

// Articles done and articles a second, on a terminal only.
class Progress {
 public:
  explicit Progress(bool quiet)
      : shown_(!quiet && isatty(STDERR_FILENO) != 0 && isatty(STDOUT_FILENO) == 0) {}
  void add(std::size_t articles) {
    done_ += articles;
    const auto now = std::chrono::steady_clock::now();
    if (!shown_ || now - last_ < std::chrono::milliseconds(200)) return;
    last_ = now;
    const double seconds = std::chrono::duration<double>(now - start_).count();
    fmt::print(stderr, "\r{} articles, {:.0f} a second ", done_,
               static_cast<double>(done_) / seconds);
  }
  ~Progress() {
    if (shown_ && last_ != std::chrono::steady_clock::time_point{}) fmt::print(stderr, "\n");
  }

 private:
  bool shown_;
  std::size_t done_ = 0;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now(), last_{};
};

// Makes the Docs of a batch: by the pipeline, or from the dump.
class Annotator {
 public:
  static Result<Annotator> make(const SessionOptions& options) {
    Annotator annotator;
    annotator.plain_ = options.plain;
    if (!options.tokens.empty()) return annotator;
    const std::string folder = model_folder(options);
    if (folder.empty())
      return fail(ErrorCode::kInvalidArgument,
                  "no language model: give --model DIR or set DATELINE_MODEL");
    DATELINE_TRY(auto pipeline, language::Pipeline::load(folder));
    annotator.pipeline_ = std::make_unique<language::Pipeline>(std::move(pipeline));
    return annotator;
  }

  void annotate(const DumpedBatch& batch, language::Workspace& workspace, const Work& work,
                Answer& answer) const {
    if (pipeline_ == nullptr) return from_dumps(batch, work, answer);
    std::vector<Doc> docs = plain_ ? annotate_plainly(batch, workspace)
                                   : dateline::annotate(*pipeline_, batch.articles, workspace);
    for (std::size_t i = 0; i < docs.size(); ++i)
      answer.finishes.push_back(work(batch.articles[i], std::move(docs[i])));
  }

 private:
  [[nodiscard]] std::vector<Doc> annotate_plainly(const Batch& batch,
                                                  language::Workspace& workspace) const {
    std::vector<std::string_view> texts;
    texts.reserve(batch.articles.size());
    for (const Article& article : batch.articles) texts.push_back(article.text);
    return pipeline_->annotate(texts, workspace);
  }

  static void from_dumps(const DumpedBatch& batch, const Work& work, Answer& answer) {
    for (std::size_t i = 0; i < batch.articles.size(); ++i) {
      auto dump = language::read_token_dump(batch.dumps[i], batch.articles[i].text);
      if (!dump) {
        answer.errors.push_back(fmt::format("{}: {}", batch.articles[i].id, dump.error().message));
        continue;
      }
      answer.finishes.push_back(work(batch.articles[i], std::move(dump->doc)));
    }
  }

  std::unique_ptr<language::Pipeline> pipeline_;
  bool plain_ = false;
};

// The loop: fills batches from the input, keeps the threads busy, prints answers in order.
class Session {
 public:
  Session(const SessionOptions& options, const Annotator& annotator, const Work& work,
          const Wanted& wanted, Output& output)
      : options_(options),
        progress_(options.quiet),
        output_(output),
        pool_(std::max(1U, options.threads), [] { return language::Workspace(); }),
        annotator_(annotator),
        work_(work),
        wanted_(wanted) {
    if (!options.tokens.empty()) dumps_.open(options.tokens);
  }

  int run(article::InputStream& input) {
    DumpedBatch batch;
    while (!output_.closed() && !stopped_) {
      auto next = input.next();
      if (!next) {
        failed(next.error().message);
        continue;
      }
      for (const article::Warning& warning : input.take_warnings())
        if (!options_.quiet) complain("warning: " + warning.message);
      if (!next->has_value()) break;
      std::string dump;
      if (dumps_.is_open()) std::getline(dumps_, dump);
      if (!is_wanted(**next)) continue;
      batch.add(std::move(**next));
      batch.dumps.push_back(std::move(dump));
      if (batch.full()) send(std::exchange(batch, {}));
    }
    if (!batch.articles.empty()) send(std::move(batch));
    while (pool_.pending() > 0) receive();
    if (auto done = output_.finish(); !done) failed(done.error().message);
    return status_;
  }

 private:
  void send(DumpedBatch batch) {
    auto shared = std::make_shared<DumpedBatch>(std::move(batch));
    pool_.submit([this, shared](language::Workspace& workspace) {
      Answer answer;
      annotator_.annotate(*shared, workspace, work_, answer);
      return answer;
    });
    while (pool_.pending() > 2 * std::max(1U, options_.threads)) receive();
  }

  void receive() {
    const Answer answer = pool_.take();
    for (const std::string& error : answer.errors) failed(error);
    for (const Finish& finish : answer.finishes)
      if (!stopped_) finished(finish());
    progress_.add(answer.finishes.size());
  }

  void finished(const Result<std::string>& bytes) {
    auto done = bytes ? output_.write(*bytes) : tl::unexpected<Error>(bytes.error());
    if (done) return;
    failed(done.error().message);
    stopped_ = true;  // nothing more can be written
  }

  bool is_wanted(const Article& article) {
    if (!wanted_) return true;
    const auto wanted = wanted_(article);
    if (!wanted) {
      failed(wanted.error().message);
      stopped_ = true;
    }
    return wanted.value_or(false);
  }

  void failed(const std::string& message) {
    complain(message);
    status_ = 1;
  }

  const SessionOptions& options_;
  Progress progress_;
  Output& output_;
  OrderedPool<language::Workspace, Answer> pool_;
  const Annotator& annotator_;
  const Work& work_;
  const Wanted& wanted_;
  std::ifstream dumps_;
  int status_ = 0;
  bool stopped_ = false;
};

// Where pages are kept when no folder is named: as the XDG Base Directory Specification says.
std::string cache_folder(const SessionOptions& options) {
  if (options.cache) return *options.cache;
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  };
  if (const std::string caches = variable("XDG_CACHE_HOME"); !caches.empty())
    return caches + "/dateline/pages";
  const std::string home = variable("HOME");
  return home.empty() ? "" : home + "/.cache/dateline/pages";
}

// Nothing unless an input is an address or --fetch asks: then the network stays untouched.
Result<std::unique_ptr<article::Fetcher>> fetcher_for(const SessionOptions& options) {
  const bool any = std::any_of(options.inputs.begin(), options.inputs.end(),
                               [](const auto& input) { return article::is_web_address(input); });
  if (!any && !options.fetch) return std::unique_ptr<article::Fetcher>();
  fetch::FetchOptions how;
  how.version = version_number();
  how.cache = cache_folder(options);
  how.max_bytes = options.max_bytes;
  how.timeout = std::chrono::milliseconds(static_cast<long>(options.timeout * 1000));
  DATELINE_TRY(std::unique_ptr<article::Fetcher> fetcher, fetch::HttpFetcher::make(how));
  return fetcher;
}

Result<int> try_session(const SessionOptions& options, const Work& work, const Wanted& wanted) {
  article::InputOptions input_options;
  if (!options.published.empty()) {
    DATELINE_TRY(input_options.published, parse_time_point(options.published));
  }
  input_options.format =
      article::parse_input_format(options.input_format).value_or(article::InputFormat::kAuto);
  input_options.max_bytes = options.max_bytes;
  DATELINE_TRY(const std::unique_ptr<article::Fetcher> fetcher, fetcher_for(options));
  input_options.fetcher = fetcher.get();
  input_options.fetch_linked = options.fetch;
  // Dumped annotations lie line by line beside the inputs, so that none may be passed over.
  if (options.language != "any" && options.tokens.empty())
    input_options.language = options.language;
  DATELINE_TRY(const Annotator annotator, Annotator::make(options));
  DATELINE_TRY(Output output, Output::open(options.output));
  article::InputStream input(options.inputs, input_options);
  return Session(options, annotator, work, wanted, output).run(input);
}

}  // namespace

void complain(const std::string& message) { fmt::print(stderr, "dateline: {}\n", message); }

std::string model_folder(const SessionOptions& options) {
  if (!options.model.empty()) return options.model;
  const char* variable = std::getenv("DATELINE_MODEL");
  return variable == nullptr ? "" : variable;
}

Finish already(std::string bytes) {
  return [bytes = std::move(bytes)]() -> Result<std::string> { return bytes; };
}

void add_session_options(CLI::App& command, SessionOptions& options) {
  command
      .add_option(
          "input", options.inputs,
          "a file, a folder (recursive), a glob, an http(s) address, or - for standard input")
      ->required();
  command
      .add_option("--input-format", options.input_format,
                  "auto (by content, then by name), or one of the others")
      ->check(CLI::IsMember({"auto", "text", "html", "jsonl", "feed", "warc"}));
  command
      .add_option("--published", options.published,
                  "publication date of inputs that carry none (YYYY-MM-DD…)")
      ->check([](const std::string& text) {
        const auto point = parse_time_point(text);
        return point ? std::string() : point.error().message;
      });
  command
      .add_option("--max-bytes", options.max_bytes,
                  "a longer document is refused by name (default: 100MB)")
      ->transform(CLI::AsSizeValue(false));
  command.add_flag(
      "--fetch", options.fetch,
      "fetch the pages that feeds have only in part and sitemaps only list; robots.txt "
      "is honoured, a host gets one request a second");
  command.add_option("--timeout", options.timeout, "seconds for one request (30)")
      ->check(CLI::Range(0.1, 3600.0));
  command.add_option("--cache", options.cache,
                     "keep fetched pages in this folder, so that unchanged ones are not sent again "
                     "(default: ~/.cache/dateline/pages; \"\": nowhere)");
  command.add_option("--model", options.model,
                     "a spaCy v3 pipeline folder (default: $DATELINE_MODEL)");
  command.add_option(
      "--tokens", options.tokens,
      "a token dump with the annotations of the inputs, line by line, in place of the model");
  command
      .add_option("--threads", options.threads,
                  "worker threads; the output is the same for any number")
      ->check(CLI::Range(1, 256));
  command.add_option("-o,--output", options.output, "write here instead of standard output");
  command.add_flag("--quiet", options.quiet, "no warnings, no progress");
}

void add_language_option(CLI::App& command, SessionOptions& options) {
  options.language = "en";
  command.add_option("--language", options.language,
                     "the language of the model; articles in another are passed over with a "
                     "warning (any: none is)");
}

int run_session(const SessionOptions& options, const Work& work, const Wanted& wanted) {
  const auto status = try_session(options, work, wanted);
  if (status) return *status;
  complain(status.error().message);
  return 1;
}

}  // namespace dateline::app
