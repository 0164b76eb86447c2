#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "model/ids.h"

namespace backup_monitor {

/// Names a record for ever: NS8 keeps one record per (plan, module) and overwrites it, so the
/// start distinguishes two backups.
struct RecordKey {
  PlanId plan;
  ModuleId module;
  Time start;  ///< Exactly as stored by NS8, even where that is nonsense. Compact: `timestamp`.

  friend auto operator<=>(const RecordKey&, const RecordKey&) = default;
};

/// What NS8 stored of the last backup of one module under one plan. Redis keys: DESIGN of the
/// layouts is in cluster/layouts.h.
struct StatusRecord {
  PlanId plan;
  ModuleId module;
  std::optional<NodeId> node;  ///< Where it ran. None where the layout does not say.
  Time start;                  ///< As stored. A node's clock may step: can lie in the future.
  Time end;                    ///< As stored; `start` where it is missing. May lie before `start`.
  std::uint32_t error_count = 0;  ///< 0 means success.

  /// What the newest snapshot restores to. After an error this is still an earlier snapshot's
  /// (ns8-core 4f41b359 node/bin/run-backup), so only a record without errors has a size of its own.
  std::optional<std::uint64_t> restore_bytes;
  std::optional<std::uint64_t> file_count;
  std::optional<std::uint64_t> snapshot_count;
  std::string error_text;  ///< Compact layout only: `error`. Foreign text.

  [[nodiscard]] bool succeeded() const noexcept { return error_count == 0; }
  [[nodiscard]] RecordKey key() const { return {plan, module, start}; }

  friend bool operator==(const StatusRecord&, const StatusRecord&) = default;
};

}  // namespace backup_monitor
