#include "dateline/article/article.h"

namespace dateline {

std::string_view name_of(BlockKind kind) {
  switch (kind) {
    case BlockKind::kHeader:
      return "header";
    case BlockKind::kTitle:
      return "title";
    case BlockKind::kHeading:
      return "heading";
    case BlockKind::kParagraph:
      return "paragraph";
    case BlockKind::kCaption:
      return "caption";
    case BlockKind::kListItem:
      return "list_item";
    case BlockKind::kBlockquote:
      return "blockquote";
    case BlockKind::kByline:
      return "byline";
    case BlockKind::kDateline:
      return "dateline";
    case BlockKind::kBoilerplate:
      return "boilerplate";
  }
  return "paragraph";
}

std::string_view name_of(DateBasis basis) {
  switch (basis) {
    case DateBasis::kGiven:
      return "given";
    case DateBasis::kHeader:
      return "header";
    case DateBasis::kJsonLd:
      return "jsonld";
    case DateBasis::kMeta:
      return "meta";
    case DateBasis::kTimeElement:
      return "time_element";
    case DateBasis::kUrl:
      return "url";
    case DateBasis::kFeed:
      return "feed";
    case DateBasis::kDateline:
      return "dateline";
    case DateBasis::kText:
      return "text";
    case DateBasis::kNone:
      return "none";
  }
  return "none";
}

std::string_view name_of(PageKind kind) {
  switch (kind) {
    case PageKind::kArticle:
      return "article";
    case PageKind::kLiveBlog:
      return "live_blog";
    case PageKind::kList:
      return "list";
    case PageKind::kQuestions:
      return "questions";
  }
  return {};
}

}  // namespace dateline
