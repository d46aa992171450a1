#include "dateline/article/charset.h"

#include <iconv.h>
#include <uchardet.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <optional>

#include "dateline/base/ascii.h"
#include "dateline/unicode/utf8.h"

namespace dateline::article {
namespace {

// Labels that pages use for a charset of another name, and its name for iconv.
struct Label {
  std::string_view label, charset;
};
constexpr std::array<Label, 14> kLabels = {{{"iso-8859-1", "windows-1252"},
                                            {"latin1", "windows-1252"},
                                            {"iso8859-1", "windows-1252"},
                                            {"us-ascii", "windows-1252"},
                                            {"ascii", "windows-1252"},
                                            {"cp1252", "windows-1252"},
                                            {"iso-8859-9", "windows-1254"},
                                            {"gb2312", "gb18030"},
                                            {"gbk", "gb18030"},
                                            {"shift_jis", "cp932"},
                                            {"sjis", "cp932"},
                                            {"euc-kr", "cp949"},
                                            {"ks_c_5601-1987", "cp949"},
                                            {"utf8", "utf-8"}}};

std::string canonical(std::string_view label) {
  std::string name = to_lower(trim(label));
  // What is left over is in no label; converters pass over it, and it would hide the name here.
  std::erase_if(name, [](char c) {
    return !is_alpha(c) && !is_digit(c) &&
           std::string_view("-_:.+()").find(c) == std::string_view::npos;
  });
  for (const Label& row : kLabels)
    if (row.label == name) return std::string(row.charset);
  return name;
}

std::size_t count_bad(std::string_view text) {
  std::size_t bad = 0;
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Decoded code = unicode::decode(text, at);
    bad += code.valid ? 0U : 1U;
    at += code.size;
  }
  return bad;
}

std::string guessed(std::string_view bytes) {
  const std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(uchardet_new(),
                                                                       &uchardet_delete);
  const std::size_t size = std::min<std::size_t>(bytes.size(), 1U << 17U);
  if (uchardet_handle_data(detector.get(), bytes.data(), size) != 0) return {};
  uchardet_data_end(detector.get());
  return canonical(uchardet_get_charset(detector.get()));
}

// Nothing when iconv does not know the charset.
std::optional<DecodedPage> convert(std::string_view bytes, const std::string& charset) {
  const iconv_t converter = iconv_open("UTF-8", charset.c_str());
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  DecodedPage page;
  page.charset = charset;
  std::string in(bytes);
  char* from = in.data();
  std::size_t left = in.size();
  std::array<char, 65536> buffer{};
  while (left > 0) {
    char* to = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t result = iconv(converter, &from, &left, &to, &room);
    const int error = errno;
    page.text.append(buffer.data(), buffer.size() - room);
    if (result != static_cast<std::size_t>(-1)) break;
    if (error == E2BIG) continue;
    ++page.bad;  // not of this charset, or cut off: one byte is given up
    page.text += "\uFFFD";
    ++from;
    --left;
  }
  iconv_close(converter);
  // Some converters give half surrogates and worse.
  std::size_t worse = 0;
  page.text = unicode::sanitize(page.text, &worse);
  page.bad += worse;
  return page;
}

DecodedPage as_utf8(std::string_view bytes) {
  DecodedPage page;
  page.charset = "utf-8";
  page.text = unicode::sanitize(bytes, &page.bad);
  return page;
}

}  // namespace

std::string charset_in_page(std::string_view bytes) {
  const std::string head = to_lower(bytes.substr(0, 2048));
  for (const std::string_view key : {"charset=", "encoding="}) {
    std::size_t at = head.find(key);
    if (key == "encoding=" && !head.starts_with("<?xml")) break;
    if (at == std::string::npos) continue;
    at += key.size();
    while (at < head.size() && (head[at] == '"' || head[at] == '\'' || is_space(head[at]))) ++at;
    const std::size_t end = head.find_first_of("\"' ;/>\t\r\n", at);
    return canonical(std::string_view(head).substr(at, end - at));
  }
  return {};
}

DecodedPage decode_page(std::string_view bytes, std::string_view told) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return as_utf8(bytes.substr(3));
  if (bytes.starts_with("\xFF\xFE"))
    if (auto page = convert(bytes.substr(2), "utf-16le")) return *std::move(page);
  if (bytes.starts_with("\xFE\xFF"))
    if (auto page = convert(bytes.substr(2), "utf-16be")) return *std::move(page);
  const std::size_t bad = count_bad(bytes);
  if (bad == 0) return as_utf8(bytes);
  for (const std::string& charset : {canonical(told), charset_in_page(bytes)}) {
    if (charset.empty()) continue;
    // A page of UTF-8 with a few broken bytes is still that.
    if (charset == "utf-8" && bad * 50 < bytes.size() && bad < 200) return as_utf8(bytes);
    if (charset == "utf-8" || charset.starts_with("utf-16")) continue;
    if (auto page = convert(bytes, charset)) return *std::move(page);
  }
  const std::string charset = guessed(bytes);
  if (charset == "utf-8") return as_utf8(bytes);
  if (!charset.empty())
    if (auto page = convert(bytes, charset)) return *std::move(page);
  if (auto page = convert(bytes, "windows-1252")) return *std::move(page);
  return as_utf8(bytes);
}

}  // namespace dateline::article
