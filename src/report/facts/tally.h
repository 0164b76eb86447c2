#pragma once

#include <vector>

#include "model/report.h"

namespace backup_monitor {

/// How many modules have come to what.
struct Tally {
  int total = 0;
  int succeeded = 0;
  int saved_with_errors = 0;
  int failed = 0;
  int not_finished = 0;
  int never_ran = 0;
  int pending = 0;           ///< No verdict yet: the run is open.
  int not_saved = 0;         ///< Of those that failed: certainly.
  int without_snapshot = 0;  ///< Of those that succeeded.
  int none_counted = 0;      ///< Of those without a snapshot: by NS8's own record.
  int fallen = 0;  ///< Of those that succeeded: most of the data, or of the files, is gone.

  [[nodiscard]] int with_errors() const noexcept { return failed + saved_with_errors; }
  [[nodiscard]] int without_result() const noexcept { return not_finished + never_ran; }
};

[[nodiscard]] Tally Count(const RunSection& run);
/// A module under two plans counts twice: it has two verdicts.
[[nodiscard]] Tally Count(const std::vector<RunSection>& runs);

/// True if the run stands for "an alert, and no status at all": no record has come since.
[[nodiscard]] bool HasNoStatus(const RunSection& run);

}  // namespace backup_monitor
