#include "dateline/export/ftm_entity.h"

#include <algorithm>

namespace dateline::exporting {

void FtmEntity::add(std::string_view property, const std::string& value) {
  if (value.empty()) return;
  Json& values = json_["properties"][std::string(property)];
  if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
}

void FtmEntity::add_range(const DateRange& range, Exact exact) {
  if (exact == Exact::kYes && range.first && range.last && *range.first == *range.last) {
    add("date", iso8601(*range.first));
    return;
  }
  if (range.first) add("startDate", iso8601(*range.first));
  if (range.last) add("endDate", iso8601(*range.last));
}

}  // namespace dateline::exporting
