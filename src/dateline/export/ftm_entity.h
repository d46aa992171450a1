#pragma once
// One FollowTheMoney entity in the making: an id, a schema, properties of many values.
#include <string>
#include <string_view>

#include "dateline/export/partial_date.h"
#include "dateline/export/row_words.h"

namespace dateline::exporting {

// Whether a range of one day is that day, or something that began and ended on it.
enum class Exact { kYes, kNo };

class FtmEntity {
 public:
  FtmEntity(std::string_view id, std::string_view schema)
      : json_{{"id", id}, {"schema", schema}, {"properties", Json::object()}} {}

  // Adds a value; not "", and not the same one twice. O(values of the property).
  void add(std::string_view property, const std::string& value);
  // `date` for a range of one year, month, day or minute that is Exact::kYes, else `startDate` and
  // `endDate`, the last one that belongs to it.
  void add_range(const DateRange& range, Exact exact);
  // With its line end.
  [[nodiscard]] std::string line() const { return written(json_) + "\n"; }

 private:
  Json json_;
};

}  // namespace dateline::exporting
