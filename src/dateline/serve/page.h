#pragma once
// The built page (web/), which lies in the program itself: no file of the disk is ever served.
#include <span>
#include <string_view>

#include "dateline/serve/http.h"

namespace dateline::serve {

struct PageFile {
  std::string_view path;  // "/index.html", "/assets/…"
  std::string_view bytes;
};

// Every file of build/page when the program was built; empty where the page was not built.
// Defined by the file that cmake/embed_page.cmake writes.
[[nodiscard]] std::span<const PageFile> page_files();

// The file at `request.path`, or the page itself for the address of one of its views, so that a
// link to a view can be followed. 404 for everything else.
[[nodiscard]] Response answer_page(const Request& request);

}  // namespace dateline::serve
