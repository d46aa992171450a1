#include "dateline/fetch/http_client.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "dateline/base/ascii.h"

namespace dateline::fetch {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::optional<std::string> part_of(CURLU* url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, flags) != CURLUE_OK) return std::nullopt;
  std::string copy(text);
  curl_free(text);
  return copy;
}

std::string header_of(CURL* easy, const char* name) {
  curl_header* header = nullptr;
  if (curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK) return {};
  return header->value;
}

// What one request writes to.
struct Sink {
  std::string body;
  std::size_t limit = 0;
  bool too_long = false;

  static std::size_t write(const char* bytes, std::size_t one, std::size_t count, void* to) {
    auto& self = *static_cast<Sink*>(to);
    self.too_long = self.body.size() + one * count > self.limit;
    if (self.too_long) return CURL_WRITEFUNC_ERROR;
    self.body.append(bytes, one * count);
    return one * count;
  }
};

}  // namespace

Result<Address> parse_address(const std::string& text) {
  const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
  constexpr unsigned kFlags = CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE | CURLU_DISALLOW_USER;
  const CURLUcode status = curl_url_set(url.get(), CURLUPART_URL, text.c_str(), kFlags);
  if (status == CURLUE_USER_NOT_ALLOWED)
    return fail(ErrorCode::kUnsupported, "an address with a name and password in it is not read");
  const auto scheme = part_of(url.get(), CURLUPART_SCHEME);
  if (status != CURLUE_OK || !scheme)
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("{}: not an address ({})", text, curl_url_strerror(status)));
  if (*scheme != "http" && *scheme != "https")
    return fail(ErrorCode::kUnsupported,
                fmt::format("{}: neither http nor https, not fetched", text));
  curl_url_set(url.get(), CURLUPART_FRAGMENT, nullptr, 0);
  const std::string host = to_lower(part_of(url.get(), CURLUPART_HOST).value_or(""));
  curl_url_set(url.get(), CURLUPART_HOST, host.c_str(), 0);
  Address address;
  address.host = host;
  address.uri = part_of(url.get(), CURLUPART_URL).value_or(text);
  const auto port = part_of(url.get(), CURLUPART_PORT);
  address.origin = *scheme + "://" + host + (port ? ":" + *port : "");
  address.target = part_of(url.get(), CURLUPART_PATH).value_or("/");
  if (const auto query = part_of(url.get(), CURLUPART_QUERY)) address.target += "?" + *query;
  return address;
}

struct HttpClient::Impl {
  Options options;
  std::unique_ptr<CURL, FreeEasy> easy;
  std::array<char, CURL_ERROR_SIZE> why{};

  void prepare(Sink& sink) {
    CURL* handle = easy.get();
    curl_easy_reset(handle);  // connections are kept
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, why.data());
    curl_easy_setopt(handle, CURLOPT_USERAGENT, options.agent.c_str());
    curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "");  // all that libcurl can undo
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
    curl_easy_setopt(handle, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(options.max_bytes));
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Sink::write);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &sink);
  }

  [[nodiscard]] Error failure(const std::string& uri, CURLcode code, bool too_long) const {
    if (too_long || code == CURLE_FILESIZE_EXCEEDED)
      return {ErrorCode::kUnsupported,
              fmt::format("{}: longer than the limit of {} bytes", uri, options.max_bytes)};
    if (code == CURLE_OPERATION_TIMEDOUT)
      return {ErrorCode::kIo, fmt::format("{}: not there within {:g} seconds", uri,
                                          static_cast<double>(options.timeout.count()) / 1000)};
    return {ErrorCode::kIo,
            fmt::format("{}: {}", uri, why[0] != '\0' ? why.data() : curl_easy_strerror(code))};
  }
};

HttpClient::HttpClient(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;

Result<HttpClient> HttpClient::make(Options options) {
  static const CURLcode kReady = curl_global_init(CURL_GLOBAL_DEFAULT);
  auto impl = std::make_unique<Impl>();
  impl->options = std::move(options);
  impl->easy.reset(curl_easy_init());
  if (kReady != CURLE_OK || impl->easy == nullptr)
    return fail(ErrorCode::kIo, "libcurl cannot be started, nothing can be fetched");
  return HttpClient(std::move(impl));
}

Result<HttpAnswer> HttpClient::get(const std::string& uri, const Validators& known) {
  CURL* handle = impl_->easy.get();
  Sink sink{.body = {}, .limit = impl_->options.max_bytes};
  impl_->prepare(sink);
  curl_easy_setopt(handle, CURLOPT_URL, uri.c_str());
  curl_slist* list = nullptr;
  if (!known.etag.empty()) list = curl_slist_append(list, ("If-None-Match: " + known.etag).c_str());
  if (!known.last_modified.empty())
    list = curl_slist_append(list, ("If-Modified-Since: " + known.last_modified).c_str());
  const std::unique_ptr<curl_slist, FreeList> headers(list);
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  impl_->why[0] = '\0';
  const CURLcode code = curl_easy_perform(handle);
  if (code != CURLE_OK) return tl::unexpected<Error>(impl_->failure(uri, code, sink.too_long));
  HttpAnswer answer;
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  char* location = nullptr;
  curl_easy_getinfo(handle, CURLINFO_REDIRECT_URL, &location);
  if (location != nullptr) answer.location = location;
  answer.content_type = header_of(handle, "Content-Type");
  answer.date = header_of(handle, "Date");
  answer.validators = {header_of(handle, "ETag"), header_of(handle, "Last-Modified")};
  answer.no_store =
      to_lower(header_of(handle, "Cache-Control")).find("no-store") != std::string::npos;
  answer.body = std::move(sink.body);
  return answer;
}

}  // namespace dateline::fetch
