#pragma once

#include <map>
#include <vector>

#include "app/message_writer.h"
#include "model/preferences.h"
#include "model/run.h"
#include "outcome/judge.h"
#include "run/run_tracker.h"
#include "store/run_store.h"

namespace backup_monitor {

/// What one step has told, for the metrics and the log, to be counted when it is on disk.
struct Told {
  std::vector<Outcome> outcomes;       ///< Of runs told for the first time.
  std::vector<std::string> subjects;   ///< Of messages posted.
  int kept_quiet = 0;                  ///< Reports that `mail.notify_on` did not want.
};

/// Takes a step of the run state machine to its end: judges the runs that closed, keeps everything,
/// and posts a message for what is worth one, all within one transaction.
class Announcer {
 public:
  Announcer(const MessageWriter& writer, NotifyOn notify_on)
      : writer_{writer}, notify_on_{notify_on} {}

  /// \return the store's error; then the transaction must not be committed.
  [[nodiscard]] Result<Told> Tell(RunStep& step, RunTracker& tracker, const ClusterView& view,
                                  RunStore::Transaction& transaction) const;

 private:
  /// A run with what its last report said, and what it has come to now.
  struct Judged {
    Run before;
    Judgement now;
  };
  using JudgedRuns = std::map<RunId, Judged>;

  [[nodiscard]] static JudgedRuns JudgeClosed(RunStep& step, RunTracker& tracker);
  [[nodiscard]] Result<void> TellOne(const Announcement& announcement, const JudgedRuns& judged,
                                     const ClusterView& view, RunStore::Transaction& transaction,
                                     Told& told) const;
  [[nodiscard]] bool IsWorthAMail(const Report& report, const Announcement& announcement,
                                  const JudgedRuns& judged,
                                  const std::map<RunId, PlanHistory>& histories) const;

  const MessageWriter& writer_;
  NotifyOn notify_on_;
};

}  // namespace backup_monitor
