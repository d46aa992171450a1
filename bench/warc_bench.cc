// warc_bench FILE.warc.gz: takes every record of a WARC, inflates it and undoes its HTTP, and no
// more: what the WARC itself costs. Prints one line of JSON: the records and the bytes of their
// contents.
#include <cstdio>
#include <string>
#include <utility>

#include "dateline/article/byte_source.h"
#include "dateline/article/read_warc.h"
#include "dateline/base/ascii.h"

int main(int argc, char** argv) {
  using namespace dateline;
  if (argc != 2) {
    std::fputs("usage: warc_bench FILE.warc.gz\n", stderr);
    return 2;
  }
  auto source = article::ByteSource::open(argv[1]);
  if (!source) {
    std::fprintf(stderr, "warc_bench: %s\n", source.error().message.c_str());
    return 1;
  }
  constexpr std::size_t kLimit = std::size_t{100} << 20U;
  std::size_t records = 0, bytes = 0, length = 0;
  std::string line, block;
  for (;;) {
    line.clear();
    const auto more = source->next_line(line, kLimit);
    if (!more || !*more) break;
    const std::string lower = to_lower(line);
    if (lower.starts_with("content-length:"))
      length = to_number<std::size_t>(trim(std::string_view(lower).substr(15))).value_or(0);
    if (!trim(line).empty() || length == 0) continue;
    block.clear();
    source->take(&block, std::exchange(length, 0));
    if (const auto answer = article::read_http(block, kLimit)) bytes += answer->body.size();
    ++records;
  }
  std::printf(R"({"records": %zu, "bytes": %zu})"
              "\n",
              records, bytes);
}
