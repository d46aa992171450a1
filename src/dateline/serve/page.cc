#include "dateline/serve/page.h"

#include <algorithm>
#include <array>

namespace dateline::serve {
namespace {

constexpr std::array<std::string_view, 4> kViews{"/", "/story", "/conflicts", "/drop"};

bool is_view(std::string_view path) {
  return std::find(kViews.begin(), kViews.end(), path) != kViews.end() ||
         path.starts_with("/person/") || path.starts_with("/article/");
}

std::string_view type_of(std::string_view path) {
  if (path.ends_with(".html")) return "text/html; charset=utf-8";
  if (path.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (path.ends_with(".css")) return "text/css; charset=utf-8";
  if (path.ends_with(".svg")) return "image/svg+xml";
  if (path.ends_with(".woff2")) return "font/woff2";
  return "application/octet-stream";
}

const PageFile* find(std::string_view path) {
  for (const PageFile& file : page_files())
    if (file.path == path) return &file;
  return nullptr;
}

Response plain(int status, std::string_view words) {
  Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = words;
  return response;
}

}  // namespace

Response answer_page(const Request& request) {
  const std::string_view path =
      is_view(request.path) ? std::string_view("/index.html") : std::string_view(request.path);
  const PageFile* file = find(path);
  if (file == nullptr) {
    if (page_files().empty())
      return plain(503,
                   "The program was built without its page: run setup/setup.sh. /api answers.\n");
    return plain(404, "No such page.\n");
  }
  Response response;
  response.content_type = type_of(path);
  response.body = file->bytes;
  response.lasting = path.starts_with("/assets/");  // their names carry a hash of their content
  return response;
}

}  // namespace dateline::serve
