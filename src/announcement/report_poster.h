#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "announcement/message_writer.h"
#include "base/clock.h"
#include "model/preferences.h"
#include "model/report.h"
#include "model/run.h"
#include "outcome/judge.h"
#include "store/run_store.h"

namespace backup_monitor::announcement {

/// A run with what its last report said, and what it has come to now.
struct JudgedRun {
  Run before;
  outcome::Judgement now;
  Unprobed unprobed = Unprobed::kNone;
};
using JudgedRuns = std::map<RunId, JudgedRun>;

/// What has been posted, for the metrics and the log, to be counted when it is on disk.
struct PostedReports {
  std::vector<Outcome> outcomes;      ///< Of runs reported for the first time.
  std::vector<std::string> subjects;  ///< Of messages posted.
  int suppressed = 0;                 ///< Reports that `mail.notify_on` did not want.
  std::vector<std::string> reasons;   ///< What decided what, for the log at DEBUG.
  int runs_waiting = 0;  ///< Runs resting on alerts that wait for the end of their hour.
};

/// When a report is made, and the cluster as it was seen last: nullptr if it cannot be read.
struct Moment {
  Time now;
  const ClusterView* view = nullptr;
};

/// Makes a report of one announcement and posts it, if it is worth a mail.
class ReportPoster {
 public:
  ReportPoster(const MessageWriter& writer, NotifyOn notify_on)
      : writer_{writer}, notify_on_{notify_on} {}

  /// `judged` holds every run of the announcement.
  ///
  /// \return the store's error; then the transaction must not be committed.
  [[nodiscard]] Result<void> Post(const Announcement& announcement, const JudgedRuns& judged,
                                  const Moment& moment, store::RunStore::Transaction& transaction,
                                  PostedReports& posted) const;

 private:
  [[nodiscard]] bool IsWorthAMail(const report::ReportFacts& facts,
                                  const Announcement& announcement, const JudgedRuns& judged,
                                  const std::map<RunId, PlanHistory>& histories) const;

  const MessageWriter& writer_;
  NotifyOn notify_on_;
};

}  // namespace backup_monitor::announcement
