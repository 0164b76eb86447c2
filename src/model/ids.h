#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "base/text_id.h"

namespace backup_monitor {

/// A scheduled backup: the N of `cluster/backup/N`; any name in the compact layout.
using PlanId = TextId<struct PlanTag>;

/// A module instance, "mail1".
using ModuleId = TextId<struct ModuleTag>;

/// What could be a module's id: at most 64 letters, digits, '-' and '_', and so nothing that means more in a key, a query
/// or a sentence.
[[nodiscard]] bool IsModuleId(std::string_view text) noexcept;

/// One node of the cluster: the N of the Redis key `node/N/...`. Never zero: the sequence
/// `cluster/node_sequence` starts at 1 (ns8-core 4f41b359).
class NodeId {
 public:
  /// Reads a decimal number, as found in a Redis key or the alert label `node`.
  ///
  /// \return kInvalidInput if `text` is empty, is not all digits, is 0 or exceeds 32 bits.
  static Result<NodeId> Parse(std::string_view text);

  [[nodiscard]] std::uint32_t value() const noexcept { return value_; }

  friend auto operator<=>(const NodeId&, const NodeId&) = default;

 private:
  explicit constexpr NodeId(std::uint32_t value) noexcept : value_{value} {}

  std::uint32_t value_;
};

/// A run in our own books. Grows by one with each run; 0 is no run.
enum class RunId : std::int64_t {};

/// A row of the inbox, in the order in which triggers were accepted.
enum class TriggerId : std::int64_t {};

/// A message in the outbox.
enum class MessageId : std::int64_t {};

/// A postponed report.
enum class PostponedId : std::int64_t {};

}  // namespace backup_monitor
