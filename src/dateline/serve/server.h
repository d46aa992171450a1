#pragma once
// Server: HTTP on one address, by libmicrohttpd. A connection that waits costs a file descriptor
// and a few kilobytes, and no thread: the threads belong to requests that are complete.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "dateline/base/result.h"
#include "dateline/serve/guard.h"
#include "dateline/serve/http.h"

namespace dateline::serve {

struct ServerOptions {
  std::string address = "127.0.0.1";  // IPv4 or IPv6, in digits
  std::uint16_t port = 8021;          // 0: any free one
  unsigned threads = 4;
  unsigned connections = 2000;                    // at once; more wait to be accepted
  unsigned request_seconds = 15;                  // a request's head must be there by then,
  unsigned transfer_seconds = 60;                 // its body, and its answer be taken, by then
  std::size_t max_body = std::size_t{32} << 20U;  // bytes; 413 beyond
  std::size_t max_waiting = 64;                   // slow requests in line; 503 beyond
  GuardOptions guard;
};

// Answers a request; called from several threads at once. Never throws out.
using Handler = std::function<Response(const Request&)>;
// True for requests that take long: they wait in a line of their own, and are answered one after
// the other while the others go on.
using IsSlow = std::function<bool(const Request&)>;

class Server {
 public:
  // Listens when it returns. kInvalidArgument: no such address, or one off the loopback without a
  // token. kIo: the port is taken, or may not be.
  static Result<Server> start(const ServerOptions& options, Handler handler, IsSlow is_slow);
  // Takes no new request, finishes those begun (five seconds at most), closes.
  ~Server();
  Server(Server&&) noexcept;
  Server& operator=(Server&&) noexcept;

  [[nodiscard]] std::uint16_t port() const;

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline::serve
