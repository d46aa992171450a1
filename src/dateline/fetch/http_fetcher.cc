#include "dateline/fetch/http_fetcher.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <thread>
#include <utility>

#include "dateline/article/page_date.h"
#include "dateline/fetch/http_client.h"
#include "dateline/fetch/page_cache.h"
#include "dateline/fetch/robots.h"

namespace dateline::fetch {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kMostRedirects = 5;  // RFC 9309 asks for five; no page needs more

// What is known of the robots.txt of an origin.
struct Manners {
  RobotsRules rules;
  std::optional<Error> closed;  // why nothing may be taken
};

bool is_redirect(const HttpAnswer& answer) {
  return answer.status >= 300 && answer.status < 400 && !answer.location.empty();
}

}  // namespace

struct HttpFetcher::Impl {
  FetchOptions options;
  HttpClient client;
  PageCache cache;
  std::map<std::string, Manners> manners;          // by origin
  std::map<std::string, Clock::time_point> asked;  // when the last answer of a host was there
  bool told_of_cache = false;

  Result<HttpAnswer> get(const Address& address, const Validators& known) {
    if (const auto last = asked.find(address.host); last != asked.end())
      std::this_thread::sleep_until(last->second + options.pause);
    auto answer = client.get(address.uri, known);
    asked[address.host] = Clock::now();
    return answer;
  }

  const Manners& manners_of(const Address& address) {
    if (const auto found = manners.find(address.origin); found != manners.end())
      return found->second;
    return manners[address.origin] = ask_robots(address.origin);
  }

  Manners ask_robots(const std::string& origin) {
    std::string uri = origin + "/robots.txt";
    for (int hop = 0; hop <= kMostRedirects; ++hop) {
      const auto address = parse_address(uri);
      if (!address) return {};  // a redirect to nowhere: there is none
      const auto answer = get(*address, {});
      if (!answer && answer.error().code == ErrorCode::kUnsupported)
        return {{}, Error{ErrorCode::kNotFound, uri + " is too long"}};
      if (!answer) return {{}, answer.error()};
      if (is_redirect(*answer)) {
        uri = answer->location;
        continue;
      }
      if (answer->status == 200) return {RobotsRules::parse(answer->body, options.product), {}};
      if (answer->status < 500) return {};
      return {{}, Error{ErrorCode::kNotFound, fmt::format("{} answers {}", uri, answer->status)}};
    }
    return {};  // RFC 9309, 2.3.1.2: may count as not there
  }

  Result<void> ask_leave(const Address& address) {
    const Manners& of_host = manners_of(address);
    if (of_host.closed)
      return fail(of_host.closed->code,
                  fmt::format("{}: not fetched: {}", address.uri, of_host.closed->message));
    if (of_host.rules.allows(address.target)) return {};
    return fail(ErrorCode::kNotFound, fmt::format("{}: not fetched: {}/robots.txt asks not to",
                                                  address.uri, address.origin));
  }

  // The answer of the last address that redirects lead to.
  Result<article::FetchedPage> follow(const std::string& uri) {
    std::string next = uri;
    for (int hop = 0; hop <= kMostRedirects; ++hop) {
      DATELINE_TRY(const Address address, parse_address(next));
      DATELINE_DO(ask_leave(address));
      const auto kept = cache.find(address.uri);
      DATELINE_TRY(HttpAnswer answer, get(address, kept ? kept->validators : Validators()));
      if (answer.status == 304 && kept) {
        answer.content_type = kept->content_type;
        answer.body = kept->body;
        return page(address, std::move(answer), {});
      }
      if (answer.status == 200) {
        std::string warning = keep(address, answer);
        return page(address, std::move(answer), std::move(warning));
      }
      if (!is_redirect(answer))
        return fail(ErrorCode::kNotFound,
                    fmt::format("{}: the server answers {}", address.uri, answer.status));
      next = answer.location;
    }
    return fail(ErrorCode::kNotFound,
                fmt::format("{}: more than {} redirects", uri, kMostRedirects));
  }

  // A folder that cannot be written to is told once.
  std::string keep(const Address& address, const HttpAnswer& answer) {
    if (answer.no_store) return {};
    const auto done =
        cache.keep(address.uri, {answer.content_type, answer.validators, answer.body});
    return done || std::exchange(told_of_cache, true) ? std::string() : done.error().message;
  }

  static article::FetchedPage page(const Address& address, HttpAnswer answer, std::string warning) {
    article::FetchedPage page;
    page.uri = address.uri;
    page.media = article::parse_media_type(answer.content_type);
    page.body = std::move(answer.body);
    if (const auto date = article::find_page_date(answer.date)) page.taken = date->date.point;
    page.warning = std::move(warning);
    return page;
  }
};

HttpFetcher::HttpFetcher(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpFetcher::~HttpFetcher() = default;

Result<std::unique_ptr<HttpFetcher>> HttpFetcher::make(FetchOptions options) {
  DATELINE_TRY(HttpClient client,
               HttpClient::make({.agent = options.product + "/" + options.version,
                                 .max_bytes = options.max_bytes,
                                 .timeout = options.timeout}));
  PageCache cache(options.cache);
  return std::unique_ptr<HttpFetcher>(new HttpFetcher(std::unique_ptr<Impl>(
      new Impl{std::move(options), std::move(client), std::move(cache), {}, {}, false})));
}

Result<article::FetchedPage> HttpFetcher::fetch(const std::string& uri) {
  if (const auto address = parse_address(uri); !address)
    return tl::unexpected<Error>(address.error());
  auto page = impl_->follow(uri);
  // Behind a redirect another address is at fault: say which was asked for.
  if (!page && page.error().message.find(uri) == std::string::npos)
    return fail(page.error().code, fmt::format("{}: {}", uri, page.error().message));
  return page;
}

}  // namespace dateline::fetch
