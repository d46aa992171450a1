// Article and InputStream: what is read, from Python's values and from files.
#include "dateline/article/article.h"

#include <fmt/format.h>

#include "dateline/article/charset.h"
#include "dateline/article/inputs.h"
#include "dateline/article/page_date.h"
#include "dateline/article/read_html.h"
#include "dateline/article/read_text.h"
#include "dateline/article/text_language.h"
#include "dateline/base/ascii.h"
#include "errors.h"
#include "module.h"

namespace dateline::python {
namespace {

// As the fields of JSON Lines are read, but that a date which cannot be read is an error here.
std::optional<TimePoint> date_of(const std::string& text, const char* argument) {
  const std::string_view trimmed = trim(text);
  if (trimmed.empty()) return std::nullopt;
  if (const auto iso = parse_time_point(trimmed)) return *iso;
  const auto date = article::read_page_date(trimmed);
  if (date && date->has_year && !date->ambiguous && date->size == trimmed.size())
    return date->point;
  throw Failure({ErrorCode::kInvalidArgument,
                 fmt::format("{}: no date that can be read: \"{}\"", argument, trimmed)});
}

struct Told {
  std::string id, uri, title, publisher, language, published, modified;
  std::vector<std::string> authors;
};

article::TextOptions options_of(const Told& told) {
  article::TextOptions options;
  options.id = told.id;
  options.uri = told.uri;
  options.title = told.title;
  options.publisher = told.publisher;
  options.language = told.language;
  options.authors = told.authors;
  options.published = date_of(told.published, "published");
  options.modified = date_of(told.modified, "modified");
  return options;
}

// The language that an article says it is in gives way to what it is, as with files.
Article with_language(Article article) {
  if (std::string found = article::text_language(article.text); !found.empty())
    article.language = std::move(found);
  return article;
}

using Messages = nb::typed<nb::list, nb::str>;

Messages messages_of(const article::Warnings& warnings) {
  Messages messages;
  for (const article::Warning& warning : warnings) messages.append(text_of(warning.message));
  return messages;
}

Article from_text(const nb::bytes& text, const Told& told) {
  const std::string body = string_of(text);
  const nb::gil_scoped_release released;
  return with_language(article::read_text(body, options_of(told)));
}

std::pair<Article, Messages> from_html(const nb::bytes& html, bool decoded, const std::string& name,
                                       const Told& told) {
  const std::string bytes = string_of(html);
  article::Warnings warnings;
  Article article = [&] {
    const nb::gil_scoped_release released;
    const article::TextOptions options = options_of(told);
    const std::string page = decoded ? bytes : article::decode_page(bytes).text;
    return with_language(unwrap(article::read_html(page, options, name, warnings)));
  }();
  return {std::move(article), messages_of(warnings)};
}

article::InputStream open_stream(const std::vector<nb::bytes>& paths, const std::string& format,
                                 const std::string& published, std::string language,
                                 std::size_t max_bytes) {
  article::InputOptions options;
  const auto known = article::parse_input_format(format);
  if (!known)
    throw Failure({ErrorCode::kInvalidArgument, fmt::format("format: \"{}\" is none", format)});
  options.format = *known;
  options.published = date_of(published, "published");
  options.language = language == "any" ? std::string() : std::move(language);
  options.max_bytes = max_bytes;
  std::vector<std::string> inputs;
  for (const nb::bytes& path : paths) inputs.push_back(string_of(path));
  return {std::move(inputs), options};
}

}  // namespace

void register_articles(nb::module_& module) {
  nb::class_<Told>(module, "Told", "What the caller says of an article; \"\" is not known.")
      .def(nb::init<>())
      .def_rw("id", &Told::id)
      .def_rw("uri", &Told::uri)
      .def_rw("title", &Told::title)
      .def_rw("publisher", &Told::publisher)
      .def_rw("language", &Told::language)
      .def_rw("published", &Told::published)
      .def_rw("modified", &Told::modified)
      .def_rw("authors", &Told::authors);

  nb::class_<Article>(module, "Article", "An article that is to be read.");
  module.def("article_of_text", &from_text, nb::arg("text"), nb::arg("told"));
  module.def("article_of_html", &from_html, nb::arg("html"), nb::arg("decoded"), nb::arg("name"),
             nb::arg("told"), "The article and warnings.");

  nb::class_<article::InputStream>(module, "InputStream",
                                   "Files, folders and globs as a stream of articles.")
      .def(
          "__init__",
          [](article::InputStream* self, const std::vector<nb::bytes>& inputs,
             const std::string& format, const std::string& published, std::string language,
             std::size_t max_bytes) {
            new (self) article::InputStream(
                open_stream(inputs, format, published, std::move(language), max_bytes));
          },
          nb::arg("inputs"), nb::arg("format"), nb::arg("published"), nb::arg("language"),
          nb::arg("max_bytes"))
      .def(
          "next", [](article::InputStream& self) { return unwrap(self.next()); },
          nb::call_guard<nb::gil_scoped_release>(),
          "The next article, None at the end. Raises for one input; the next call goes on.")
      .def("take_warnings",
           [](article::InputStream& self) { return messages_of(self.take_warnings()); });
}

}  // namespace dateline::python
