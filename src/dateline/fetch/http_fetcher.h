#pragma once
// HttpFetcher: pages of the web, taken with manners. robots.txt is asked first (RFC 9309: a 4xx
// allows all, 5xx and no answer nothing), a host gets one request a second, at most five redirects
// are followed and only to http and https, and what has not changed is not sent again.
#include <chrono>
#include <memory>
#include <string>

#include "dateline/article/fetcher.h"
#include "dateline/base/result.h"

namespace dateline::fetch {

struct FetchOptions {
  std::string product = "dateline";  // the name that robots.txt is searched for
  std::string version;               // behind it in User-Agent
  std::string cache;                 // folder of pages sent before (PageCache); "": none
  std::size_t max_bytes = std::size_t{100} << 20U;  // of one answer, unpacked
  std::chrono::milliseconds timeout{30'000};        // of one request
  std::chrono::milliseconds pause{1'000};  // from the end of a request to the next of the same host
};

// Holds the rules of the hosts it asked as long as it lives. Waits by sleeping. Not shared by
// threads.
class HttpFetcher final : public article::Fetcher {
 public:
  [[nodiscard]] static Result<std::unique_ptr<HttpFetcher>> make(FetchOptions options);
  ~HttpFetcher() override;
  HttpFetcher(const HttpFetcher&) = delete;
  HttpFetcher& operator=(const HttpFetcher&) = delete;

  // kNotFound: refused by robots.txt or by the server; kIo: no answer; kUnsupported: too long, no
  // address of the web.
  Result<article::FetchedPage> fetch(const std::string& uri) override;

 private:
  struct Impl;
  explicit HttpFetcher(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline::fetch
