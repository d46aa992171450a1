#include "dateline/timeline/make_timeline.h"

namespace dateline::timeline {

std::vector<Line> make_timeline(const events::EventInput&, std::span<const Event>,
                                std::span<const Relation>) {
  return {};
}

}  // namespace dateline::timeline
