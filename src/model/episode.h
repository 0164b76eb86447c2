#pragma once

#include <map>

#include "model/ids.h"
#include "model/verdict.h"

namespace backup_monitor {

/// Runs in a row of a plan, or of one module in them, that did not succeed, by what they came to: a run whose
/// end is unknown did not fail, and words for it must not say so.
struct Episode {
  int failed = 0;  ///< NS8 reported errors, and of some module with errors no snapshot is known.
  int with_snapshot = 0;   ///< NS8 reported errors; each module with errors has a snapshot.
  int without_result = 0;  ///< No errors known; some module left no result.
  int unconfirmed = 0;     ///< Every module succeeded, and no result explains an alert.
  int missed = 0;          ///< The run did not begin.

  [[nodiscard]] int total() const noexcept {
    return failed + with_snapshot + without_result + unconfirmed + missed;
  }

  void Add(Verdict of_module) noexcept;
  /// \param not_succeeded  the verdicts of its modules that counted and did not succeed
  void Add(Outcome of_run, const std::map<ModuleId, Verdict>& not_succeeded) noexcept;

  friend bool operator==(const Episode&, const Episode&) = default;
};

}  // namespace backup_monitor
