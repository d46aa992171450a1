#include "dateline/serve/server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <deque>
#include <thread>

#include "dateline/serve/deadlines.h"

namespace dateline::serve {
namespace {

using Seconds = std::chrono::seconds;

constexpr Seconds kPatience{5};  // for requests begun when the server stops
constexpr unsigned kIdleSeconds = 15;
constexpr std::size_t kConnectionBytes = std::size_t{32} << 10U;  // head of a request, at most

constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'";

// One request from its head to its end.
struct Exchange {
  Request request;
  bool too_large = false;
  bool answered = false;             // refused at its head: the body is read and dropped
  std::optional<Response> response;  // set by the line of slow requests
  MHD_Connection* connection = nullptr;
};

sockaddr_storage socket_address(const ServerOptions& options) {
  sockaddr_storage storage{};
  auto* v4 = reinterpret_cast<sockaddr_in*>(&storage);
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&storage);
  if (inet_pton(AF_INET, options.address.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons(options.port);
  } else if (inet_pton(AF_INET6, options.address.c_str(), &v6->sin6_addr) == 1) {
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(options.port);
  }
  return storage;
}

std::string header(MHD_Connection* connection, const char* name) {
  const char* value = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
  return value == nullptr ? "" : value;
}

MHD_Result take_argument(void* request, MHD_ValueKind, const char* key, std::size_t key_size,
                         const char* value, std::size_t value_size) {
  auto& query = static_cast<Request*>(request)->query;
  query.emplace_back(std::string(key, key_size),
                     value == nullptr ? std::string() : std::string(value, value_size));
  return MHD_YES;
}

Request read_head(MHD_Connection* connection, const char* path, const char* method) {
  Request request;
  request.method = std::string_view(method) == "HEAD" ? "GET" : method;
  request.path = path;
  request.host = header(connection, "Host");
  request.origin = header(connection, "Origin");
  request.authorization = header(connection, "Authorization");
  request.content_type = header(connection, "Content-Type");
  request.if_none_match = header(connection, "If-None-Match");
  request.accept_encoding = header(connection, "Accept-Encoding");
  request.fetch_site = header(connection, "Sec-Fetch-Site");
  MHD_get_connection_values_n(connection, MHD_GET_ARGUMENT_KIND, take_argument, &request);
  return request;
}

void add_headers(MHD_Response* out, const Response& response) {
  const auto add = [out](const char* name, std::string_view value) {
    MHD_add_response_header(out, name, std::string(value).c_str());
  };
  if (response.status != 304) add("Content-Type", response.content_type);
  add("Cache-Control", response.lasting ? "public, max-age=31536000, immutable" : "no-cache");
  add("Content-Security-Policy", kPolicy);
  add("Cross-Origin-Resource-Policy", "same-origin");
  add("Cross-Origin-Opener-Policy", "same-origin");
  add("Referrer-Policy", "no-referrer");
  add("X-Content-Type-Options", "nosniff");
  add("X-Frame-Options", "DENY");
  add("Vary", "Accept-Encoding");
  if (!response.etag.empty()) add("ETag", response.etag);
  if (!response.allow.empty()) add("Allow", response.allow);
  if (response.gzipped) add("Content-Encoding", "gzip");
  if (response.status == 401) add("WWW-Authenticate", "Bearer");
}

}  // namespace

struct Server::Impl {
  ServerOptions options;
  Handler handler;
  IsSlow is_slow;
  Deadlines deadlines;
  MHD_Daemon* daemon = nullptr;
  std::atomic<int> open_requests{0};

  // The line of slow requests and the one thread that serves it.
  std::mutex mutex;
  std::condition_variable wake;
  std::deque<Exchange*> line;
  bool stopping = false;
  std::thread worker;

  ~Impl() {
    if (daemon == nullptr) return;
    const MHD_socket listening = MHD_quiesce_daemon(daemon);
    const auto until = Deadlines::Clock::now() + kPatience;
    while (open_requests > 0 && Deadlines::Clock::now() < until)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    {
      const std::lock_guard lock(mutex);
      stopping = true;
    }
    wake.notify_all();
    worker.join();
    MHD_stop_daemon(daemon);
    if (listening != MHD_INVALID_SOCKET) close(listening);
  }

  Deadlines::Watch* watch_of(MHD_Connection* connection) const {
    const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == nullptr ? nullptr : static_cast<Deadlines::Watch*>(info->socket_context);
  }

  void due_in(MHD_Connection* connection, unsigned seconds) {
    if (auto* watch = watch_of(connection))
      deadlines.set(*watch, Deadlines::Clock::now() + Seconds(seconds));
  }

  Response answer(const Request& request) const {
    try {
      return finish(request, handler(request));
    } catch (const std::exception& error) {  // out of memory, a library's: the server goes on
      return error_response(500, "internal", error.what());
    }
  }

  MHD_Result send(MHD_Connection* connection, const Response& response) {
    due_in(connection, options.transfer_seconds);
    MHD_Response* out = MHD_create_response_from_buffer(
        response.body.size(), const_cast<char*>(response.body.data()), MHD_RESPMEM_MUST_COPY);
    if (out == nullptr) return MHD_NO;
    add_headers(out, response);
    const MHD_Result queued =
        MHD_queue_response(connection, static_cast<unsigned>(response.status), out);
    MHD_destroy_response(out);
    return queued;
  }

  // The head is there: refuse, or go on to the body.
  void begin(MHD_Connection* connection, Exchange& exchange) {
    due_in(connection, options.transfer_seconds);
    if (auto refused = refusal(exchange.request, options.guard)) {
      exchange.answered = true;
      exchange.response = std::move(refused);
    }
  }

  void take_body(Exchange& exchange, std::string_view piece) const {
    if (exchange.answered || exchange.too_large) return;
    if (exchange.request.body.size() + piece.size() > options.max_body) {
      exchange.too_large = true;
      exchange.request.body = {};
      return;
    }
    exchange.request.body.append(piece);
  }

  // The request is complete.
  MHD_Result end(MHD_Connection* connection, Exchange& exchange) {
    if (exchange.response) return send(connection, *exchange.response);
    if (exchange.too_large)
      return send(connection,
                  error_response(413, "too_large",
                                 fmt::format("more than {} MB", options.max_body >> 20U)));
    if (!is_slow(exchange.request)) return send(connection, answer(exchange.request));
    {
      const std::lock_guard lock(mutex);
      if (stopping || line.size() >= options.max_waiting)
        return send(connection, error_response(503, "busy", "too many articles wait: try later"));
      exchange.connection = connection;
      MHD_suspend_connection(connection);
      line.push_back(&exchange);
    }
    if (auto* watch = watch_of(connection))
      deadlines.set(*watch, Deadlines::Clock::time_point::max());
    wake.notify_one();
    return MHD_YES;
  }

  void work() {
    std::unique_lock lock(mutex);
    while (true) {
      wake.wait(lock, [this] { return stopping || !line.empty(); });
      if (line.empty()) return;
      Exchange* exchange = line.front();
      line.pop_front();
      const bool refuse = stopping;
      lock.unlock();
      exchange->response =
          refuse ? error_response(503, "busy", "the server stops") : answer(exchange->request);
      MHD_resume_connection(exchange->connection);
      lock.lock();
    }
  }

  // --- what the library calls ---

  static MHD_Result on_request(void* self, MHD_Connection* connection, const char* path,
                               const char* method, const char*, const char* data, std::size_t* size,
                               void** context) {
    auto& impl = *static_cast<Impl*>(self);
    if (*context == nullptr) {
      auto exchange = std::make_unique<Exchange>();
      exchange->request = read_head(connection, path, method);
      impl.begin(connection, *exchange);
      ++impl.open_requests;
      *context = exchange.release();
      return MHD_YES;
    }
    auto& exchange = *static_cast<Exchange*>(*context);
    if (*size > 0) {
      impl.take_body(exchange, {data, *size});
      *size = 0;
      return MHD_YES;
    }
    return impl.end(connection, exchange);
  }

  static void on_completed(void* self, MHD_Connection* connection, void** context,
                           MHD_RequestTerminationCode) {
    auto& impl = *static_cast<Impl*>(self);
    if (*context == nullptr) return;
    delete static_cast<Exchange*>(*context);
    *context = nullptr;
    --impl.open_requests;
    impl.due_in(connection, impl.options.request_seconds);  // for the next one, when it is kept
  }

  static void on_connection(void* self, MHD_Connection* connection, void** context,
                            MHD_ConnectionNotificationCode code) {
    auto& impl = *static_cast<Impl*>(self);
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
      auto watch = std::make_unique<Deadlines::Watch>();
      watch->socket =
          MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
      watch->due = Deadlines::Clock::now() + Seconds(impl.options.request_seconds);
      impl.deadlines.add(*watch);
      *context = watch.release();
    } else if (*context != nullptr) {
      auto* watch = static_cast<Deadlines::Watch*>(*context);
      impl.deadlines.remove(*watch);
      delete watch;
      *context = nullptr;
    }
  }
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;

Result<Server> Server::start(const ServerOptions& options, Handler handler, IsSlow is_slow) {
  sockaddr_storage address = socket_address(options);
  if (address.ss_family == AF_UNSPEC)
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("{} is no address of digits (127.0.0.1, ::1 …)", options.address));
  if (!is_loopback(options.address) && options.guard.token.empty())
    return fail(
        ErrorCode::kInvalidArgument,
        fmt::format("{} can be reached from elsewhere: a token is needed", options.address));
  auto impl = std::make_unique<Impl>();
  impl->options = options;
  impl->options.guard.loopback = is_loopback(options.address);
  impl->handler = std::move(handler);
  impl->is_slow = std::move(is_slow);
  unsigned flags = unsigned{MHD_USE_EPOLL_INTERNAL_THREAD} | unsigned{MHD_ALLOW_SUSPEND_RESUME};
  if (address.ss_family == AF_INET6) flags |= unsigned{MHD_USE_IPv6};
  errno = 0;
  impl->daemon =
      MHD_start_daemon(flags, options.port, nullptr, nullptr, &Impl::on_request, impl.get(),  //
                       MHD_OPTION_SOCK_ADDR, &address,                                        //
                       MHD_OPTION_NOTIFY_COMPLETED, &Impl::on_completed, impl.get(),          //
                       MHD_OPTION_NOTIFY_CONNECTION, &Impl::on_connection, impl.get(),        //
                       MHD_OPTION_CONNECTION_TIMEOUT, kIdleSeconds,                           //
                       MHD_OPTION_CONNECTION_LIMIT, options.connections,                      //
                       MHD_OPTION_CONNECTION_MEMORY_LIMIT, kConnectionBytes,                  //
                       MHD_OPTION_THREAD_POOL_SIZE, options.threads,                          //
                       MHD_OPTION_END);
  if (impl->daemon == nullptr)
    return fail(ErrorCode::kIo, fmt::format("cannot listen on {} port {}: {}", options.address,
                                            options.port, std::strerror(errno)));
  impl->worker = std::thread([raw = impl.get()] { raw->work(); });
  return Server(std::move(impl));
}

std::uint16_t Server::port() const {
  const auto* info = MHD_get_daemon_info(impl_->daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info == nullptr ? impl_->options.port : info->port;
}

}  // namespace dateline::serve
