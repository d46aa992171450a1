#pragma once
// Api: the questions and corrections of a store over HTTP. The table of routes is in api.cc; each
// route has a file of its own; data/serve/openapi.json describes them all.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "dateline/base/result.h"
#include "dateline/serve/http.h"
#include "dateline/store/store.h"

namespace dateline::serve {

// Articles as they were sent.
struct AddRequest {
  std::string_view body;
  std::string_view content_type;  // "text/plain", "text/html", "application/jsonl"
  std::string_view name;          // what messages call it
  std::string_view published;     // "YYYY-MM-DD" for articles without a date; "": none
};

// The rows of the store that the articles became, or were already.
struct AddReport {
  std::vector<std::int64_t> added, same, folded;
  std::vector<std::string> errors;  // a line each: what could not be read
};

// Reads articles and keeps them, as `dateline add` does. Called by one thread at a time.
using Adder = std::function<Result<AddReport>(store::Store&, const AddRequest&)>;

struct ApiOptions {
  std::string store;    // path
  std::string version;  // of the program
  Adder adder;
};

// Safe to be asked from many threads: each question has a connection of its own for as long as it
// lasts. What changes the store (is_slow) must come from one thread at a time.
class Api {
 public:
  // What Store::open says of the file.
  static Result<Api> open(ApiOptions options);
  ~Api();
  Api(Api&&) noexcept;
  Api& operator=(Api&&) noexcept;

  // For paths below /api/; 404 and 405 for what is no route.
  [[nodiscard]] Response answer(const Request& request) const;
  // True for what changes the store.
  [[nodiscard]] static bool is_slow(const Request& request);

 private:
  struct Impl;
  explicit Api(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline::serve
