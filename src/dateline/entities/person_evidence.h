#pragma once
// Person evidence: names that the tagger took for something else, or did not type, but which the
// article treats as persons.
#include <vector>

#include "dateline/entities/find_names.h"

namespace dateline::entities {

// Makes persons (not sure ones) of names whose mentions together show more of a person than of a
// thing: a given name in a person's place, a verb or a belonging that persons alone have, "his" or
// "her" in the clause of which it is the subject, an age, a calling ("rapper"), a family name that
// persons have here; against it an article, a plural, "in" or "at".
// All mentions of a name go together. O(names), but for the words between a subject and its verb.
void find_persons_by_evidence(const Doc& doc, std::vector<NameSpan>& names);

}  // namespace dateline::entities
