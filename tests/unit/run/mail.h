#pragma once

#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "base/clock.h"
#include "model/run.h"
#include "model/verdict.h"

namespace backup_monitor::testing {

/// Of a run that goes on; its report follows.
[[nodiscard]] inline bool IsNotice(Announcement::Kind kind) {
  return kind == Announcement::Kind::kEarlyNotice || kind == Announcement::Kind::kLateNotice;
}

/// One module as a mail shows it.
struct Row {
  Verdict verdict = Verdict::kNotFinished;
  std::optional<RecordKey> record;  ///< Whose times are shown.
  bool of_other_run = false;
};

/// One run as a mail shows it.
struct Section {
  RunId run{};
  PlanId plan;
  Time begin;
  Time opened_at;
  Outcome outcome = Outcome::kSuccess;
  bool after_a_gap = false;
  std::optional<Time> due{};  ///< The due moment that it answers.
  std::map<ModuleId, Row> rows;
};

/// What the state machine wanted told.
/// When the daemon first saw something.
struct FirstSeen {
  Time at;
  std::uint64_t look = 0;  ///< The number of the look: several can have the same time.
};

struct Mail {
  Announcement::Kind kind = Announcement::Kind::kFinal;
  Time at;
  std::uint64_t look = 0;  ///< The number of the look that it is from.
  bool sent = true;        ///< False: an update in which no verdict had changed.
  std::vector<Section> sections;
  std::optional<AlertSummary> summary{};
  std::vector<PlanId> plans{};                ///< Of kNeverDue.
  std::vector<ModuleId> modules{};            ///< Of kUnprotected.
  std::vector<RecoveryCrossing> crossings{};  ///< Of kRecoveryPoint.

  [[nodiscard]] bool Knows(const FirstSeen& seen) const noexcept { return seen.look <= look; }
};

/// "late"
[[nodiscard]] std::string KindText(Announcement::Kind kind);

/// "1 02:50 final daily INCOMPLETE: a succeeded, b not_finished". An early notice lists only the
/// modules that have a record; a verdict from another run's record is marked "(other run)".
[[nodiscard]] std::string Text(const Mail& mail);

/// Mails as lines of text, and as such in the output of a failed test.
using Lines = std::vector<std::string>;

}  // namespace backup_monitor::testing
