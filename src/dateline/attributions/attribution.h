#pragma once
// Attribution: who says, thinks, promises or denies what (source, cue, content; PARC 3 and
// PolNeAR).
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "dateline/base/span.h"

namespace dateline {

enum class AttributionForm { kDirect, kIndirect, kMixed };
enum class SourceKind { kNamed, kUnnamed, kCollective, kDocument, kNone };

struct Attribution {
  AttributionForm form = AttributionForm::kIndirect;
  std::vector<ByteSpan> content, cue, source;  // each in text order; content may be interrupted
  std::optional<std::uint32_t> speaker;        // entity that the source resolves to
  SourceKind source_kind = SourceKind::kNone;
  std::optional<std::uint32_t> parent;  // the attribution in whose content this one stands
  double confidence = 0;                // probability that it is right, calibrated
};

[[nodiscard]] constexpr std::string_view name_of(AttributionForm form) {
  switch (form) {
    case AttributionForm::kDirect:
      return "direct";
    case AttributionForm::kIndirect:
      return "indirect";
    case AttributionForm::kMixed:
      return "mixed";
  }
  return "indirect";
}

[[nodiscard]] constexpr std::string_view name_of(SourceKind kind) {
  switch (kind) {
    case SourceKind::kNamed:
      return "named";
    case SourceKind::kUnnamed:
      return "unnamed";
    case SourceKind::kCollective:
      return "collective";
    case SourceKind::kDocument:
      return "document";
    case SourceKind::kNone:
      return "none";
  }
  return "none";
}

}  // namespace dateline
