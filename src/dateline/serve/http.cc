#include "dateline/serve/http.h"

#include <fmt/format.h>
#include <zlib.h>

#include <cstdint>
#include <nlohmann/json.hpp>

namespace dateline::serve {
namespace {

constexpr std::size_t kWorthCompressing = 1024;  // bytes: about what fits into one packet

// FNV-1a: an ETag must differ when the bytes do, and nobody gains by making two alike.
std::string etag_of(std::string_view bytes) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return fmt::format("W/\"{:016x}\"", hash);
}

}  // namespace

std::string_view Request::parameter(std::string_view name) const {
  for (const auto& [key, value] : query)
    if (key == name) return value;
  return {};
}

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return 400;
    case ErrorCode::kNotFound:
      return 404;
    case ErrorCode::kUnsupported:
      return 415;
    case ErrorCode::kBusy:
      return 503;
    case ErrorCode::kIo:
    case ErrorCode::kCorrupt:
      return 500;
  }
  return 500;
}

std::string_view name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return "invalid_argument";
    case ErrorCode::kNotFound:
      return "not_found";
    case ErrorCode::kUnsupported:
      return "unsupported";
    case ErrorCode::kBusy:
      return "busy";
    case ErrorCode::kIo:
      return "io";
    case ErrorCode::kCorrupt:
      return "corrupt";
  }
  return "io";
}

Response error_response(int status, std::string_view code, std::string_view message) {
  const nlohmann::json error{{"error", {{"code", code}, {"message", message}}}};
  Response response;
  response.status = status;
  response.body = error.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return response;
}

Response error_response(const Error& error) {
  return error_response(status_of(error.code), name_of(error.code), error.message);
}

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  constexpr int kGzipWindow = 15 + 16;
  if (deflateInit2(&stream, 1, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  // zlib reads through a pointer that is not const, and does not write there.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return done ? out : std::string();
}

bool takes_gzip(const Request& request) {
  return request.accept_encoding.find("gzip") != std::string::npos;
}

Response finish(const Request& request, Response response) {
  if (response.status == 200 && request.method == "GET") {
    if (response.etag.empty()) response.etag = etag_of(response.body);
    if (request.if_none_match.find(response.etag) != std::string::npos) {
      response.status = 304;
      response.body.clear();
      return response;
    }
  }
  if (!response.gzipped && response.body.size() >= kWorthCompressing &&
      response.content_type != "font/woff2" && takes_gzip(request)) {
    if (std::string smaller = gzip(response.body); !smaller.empty()) {
      response.body = std::move(smaller);
      response.gzipped = true;
    }
  }
  return response;
}

}  // namespace dateline::serve
