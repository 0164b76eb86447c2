#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace backup_monitor::cluster {

/// What a status says, whatever its layout, before it is known whose it is.
struct StatusFields {
  Time start;
  Time end;  ///< `start` where it is missing or odd. May lie before `start`.
  std::uint32_t error_count = 0;
  std::optional<std::uint64_t> restore_bytes;
  std::optional<std::uint64_t> file_count;
  std::optional<std::uint64_t> snapshot_count;
};

/// The members of a status as they come in, any order, any quality. Those that decide nothing may be
/// missing or odd; `start` and `errors` must be whole numbers.
class StatusBuilder {
 public:
  void Put(std::string_view name, std::int64_t value) noexcept;
  /// A number with a fraction: fine for what decides nothing, where it is cut off.
  void Put(std::string_view name, double value) noexcept;
  /// Decimal digits, as the earlier layout has them.
  void Put(std::string_view name, std::string_view text) noexcept;
  /// Anything else.
  void PutOdd(std::string_view name) noexcept;

  /// \return kInvalidInput if `start` is no time up to the year 9999 or `errors` is no count. The
  ///         message names the member.
  [[nodiscard]] Result<StatusFields> Build() const;

 private:
  using Count = std::optional<std::int64_t>;  // Never negative.

  Count* Member(std::string_view name) noexcept;

  Count start_;
  Count end_;
  Count errors_;
  Count restore_bytes_;
  Count file_count_;
  Count snapshot_count_;
};

}  // namespace backup_monitor::cluster
