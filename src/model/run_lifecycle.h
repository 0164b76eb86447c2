#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/clock.h"

namespace backup_monitor {

/// Where a run is between its first result and its last report. docs/runs.md has the table of transitions.
enum class RunState : std::uint8_t {
  kOpen,       ///< Results are waited for.
  kClosed,     ///< Over; its report has not been announced yet.
  kReopened,   ///< A result came after it had closed and before its report was announced.
  kReported,   ///< Over, and its report has been announced, or it is nobody's business.
  kCorrected,  ///< A result came after its report: open again, and it ends in an update.
};

/// "being corrected"; for logs.
[[nodiscard]] std::string_view Name(RunState state) noexcept;

/// The state of a run and how it changes. A transition that the table does not have throws std::logic_error.
class RunLifecycle {
 public:
  /// As kept by a store.
  struct Stored {
    std::optional<Time> closed_at;
    bool announced = false;
    std::optional<Time> reopened_until;
    bool early_notice_given = false;
    bool late_notice_given = false;

    friend bool operator==(const Stored&, const Stored&) = default;
  };

  [[nodiscard]] RunState state() const noexcept;
  [[nodiscard]] bool open() const noexcept { return !stored_.closed_at; }
  [[nodiscard]] std::optional<Time> closed_at() const noexcept { return stored_.closed_at; }
  /// Its report has been announced once.
  [[nodiscard]] bool announced() const noexcept { return stored_.announced; }
  /// Set by a result that came late: closes then at the latest.
  [[nodiscard]] std::optional<Time> reopened_until() const noexcept {
    return stored_.reopened_until;
  }
  [[nodiscard]] bool early_notice_given() const noexcept { return stored_.early_notice_given; }
  [[nodiscard]] bool late_notice_given() const noexcept { return stored_.late_notice_given; }

  void Close(Time at);      ///< kOpen, kReopened → kClosed; kCorrected → kReported.
  void Announce();          ///< kClosed, kReported → kReported.
  void Reopen(Time until);  ///< kClosed → kReopened; kReported → kCorrected.
  void GiveEarlyNotice();   ///< In kOpen and kReopened, once.
  void GiveLateNotice();    ///< Likewise.

  /// Our clock has stepped back: what it wrote of the future counts as now, and a reopening ends so long after it at the
  /// latest.
  void ClampTo(Time now, seconds longest_reopening);

  [[nodiscard]] const Stored& stored() const noexcept { return stored_; }
  void Restore(const Stored& stored) { stored_ = stored; }

 private:
  void Require(bool allowed, std::string_view transition) const;
  [[nodiscard]] bool is_unreported_and_open() const noexcept { return open() && !announced(); }

  Stored stored_;
};

}  // namespace backup_monitor
