#include "dateline/serve/api.h"

#include <fmt/format.h>

#include <array>
#include <mutex>

#include "dateline/serve/answer_cache.h"
#include "dateline/serve/parameters.h"
#include "dateline/serve/routes.h"

namespace dateline::serve {
namespace {

struct Route {
  std::string_view method;
  std::string_view path;  // "{id}" at its end stands for one segment
  Result<std::string> (*run)(const Call&);
};

constexpr std::array<Route, 15> kRoutes{{
    {"GET", "/api/status", route_status},
    {"GET", "/api/timeline", route_timeline},
    {"GET", "/api/people", route_people},
    {"GET", "/api/people/{id}", route_person},
    {"GET", "/api/relations", route_relations},
    {"GET", "/api/quotes", route_quotes},
    {"GET", "/api/conflicts", route_conflicts},
    {"GET", "/api/search", route_search},
    {"GET", "/api/articles", route_articles},
    {"GET", "/api/articles/{id}", route_article},
    {"POST", "/api/articles", route_add},
    {"POST", "/api/merge", route_merge},
    {"POST", "/api/split", route_split},
    {"POST", "/api/undo", route_undo},
    {"GET", "/api/openapi.json", route_openapi},
}};

// The {id} of `path` under `pattern`, "" where the pattern has none; nothing when it does not
// match.
std::optional<std::string_view> match(std::string_view pattern, std::string_view path) {
  constexpr std::string_view kId = "{id}";
  if (!pattern.ends_with(kId))
    return pattern == path ? std::optional<std::string_view>("") : std::nullopt;
  pattern.remove_suffix(kId.size());
  if (!path.starts_with(pattern)) return std::nullopt;
  const std::string_view id = path.substr(pattern.size());
  if (id.empty() || id.find('/') != std::string_view::npos) return std::nullopt;
  return id;
}

// The same question to an unchanged store has the same answer.
std::string etag_of(const Request& request, std::int64_t change, const std::string& version) {
  std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
  const auto add = [&hash](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    hash *= 1099511628211ULL;
  };
  add(version);
  add(request.path);
  for (const auto& [name, value] : request.query) {
    add(name);
    add(value);
  }
  return fmt::format("W/\"{:x}-{:016x}\"", change, hash);
}

// Connections that nobody uses now.
class Connections {
 public:
  Result<store::Store> take(const std::string& path) {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        store::Store store = std::move(idle_.back());
        idle_.pop_back();
        return store;
      }
    }
    return store::Store::open(path, store::OpenMode::kRead);
  }
  void give_back(store::Store store) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(store));
  }

 private:
  std::mutex mutex_;
  std::vector<store::Store> idle_;
};

}  // namespace

constexpr std::size_t kCacheRoom = std::size_t{64} << 20U;

struct Api::Impl {
  ApiOptions options;
  Connections readers;
  AnswerCache answers{kCacheRoom};

  // `route` is of a question. Nothing is done when the client has the answer, or the cache, whose
  // keys hold the number of the store's last change.
  Result<Response> ask(const Route& route, const Request& request, std::string_view id) {
    DATELINE_TRY(store::Store store, readers.take(options.store));
    Response response;
    DATELINE_TRY(const std::int64_t change, store.change());
    response.etag = etag_of(request, change, options.version);
    if (request.if_none_match.find(response.etag) != std::string::npos) {
      readers.give_back(std::move(store));
      return response;
    }
    const std::string key = response.etag + (takes_gzip(request) ? "z" : "");
    if (const auto known = answers.find(key)) {
      readers.give_back(std::move(store));
      return *known;
    }
    auto body = route.run({request, store, id, options});
    readers.give_back(std::move(store));
    if (!body) return tl::unexpected<Error>(std::move(body).error());
    response.body = *std::move(body);
    response = finish(request, std::move(response));
    answers.keep(key, std::make_shared<const Response>(response));
    return response;
  }

  Result<Response> change(const Route& route, const Request& request) const {
    DATELINE_TRY(store::Store store, store::Store::open(options.store, store::OpenMode::kWrite));
    Response response;
    DATELINE_TRY(response.body, route.run({request, store, "", options}));
    return response;
  }
};

Api::Api(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Api::~Api() = default;
Api::Api(Api&&) noexcept = default;
Api& Api::operator=(Api&&) noexcept = default;

Result<Api> Api::open(ApiOptions options) {
  auto impl = std::make_unique<Impl>();
  impl->options = std::move(options);
  // What is no store, or cannot be written, is said at once and not at the first question.
  DATELINE_TRY(store::Store store, store::Store::open(impl->options.store, store::OpenMode::kRead));
  impl->readers.give_back(std::move(store));
  return Api(std::move(impl));
}

Response Api::answer(const Request& request) const {
  std::string allowed;
  for (const Route& route : kRoutes) {
    const auto id = match(route.path, request.path);
    if (!id) continue;
    if (route.method != request.method) {
      allowed += (allowed.empty() ? "" : ", ") + std::string(route.method);
      continue;
    }
    if (const auto checked = check_parameters(request); !checked)
      return error_response(checked.error());
    const auto response =
        request.method == "GET" ? impl_->ask(route, request, *id) : impl_->change(route, request);
    return response ? *response : error_response(response.error());
  }
  if (allowed.empty())
    return error_response(404, "not_found", "no such route: see /api/openapi.json");
  Response response = error_response(405, "method", "only " + allowed);
  response.allow = allowed;
  return response;
}

bool Api::is_slow(const Request& request) {
  return request.method == "POST" && request.path.starts_with("/api/");
}

}  // namespace dateline::serve
