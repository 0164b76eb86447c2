#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/trigger.h"

namespace backup_monitor::sqlite {

/// A trigger as the inbox keeps it: a word for its kind, and a JSON object with the rest. Texts come
/// back byte for byte, broken UTF-8 and NUL included.
struct TriggerText {
  std::string_view kind;  ///< A literal.
  std::string body;
  /// Of `body`, by which the same alert is found again while it waits; empty for what is always its own
  /// (Alert::identity()).
  std::string digest{};
};

[[nodiscard]] TriggerText WriteTrigger(const TriggerBody& body);

/// \return kCorrupt if we cannot have written this.
[[nodiscard]] Result<TriggerBody> ReadTrigger(std::string_view kind, std::string_view body);

}  // namespace backup_monitor::sqlite
