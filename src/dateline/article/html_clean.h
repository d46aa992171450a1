#pragma once
// Clears the container of an article of what is fishy in it: Readability's conditions on forms,
// tables, lists and boxes; elements whose names say that they are something else; what follows the
// element that is named as the whole text.
#include "dateline/article/html_work.h"

namespace dateline::article {

struct CleanRules {
  bool by_conditions = true;
  bool by_names = true;
};

// Total; O(nodes x depth).
void clean_content(PageWork& work, NodeId article, const CleanRules& rules);

}  // namespace dateline::article
