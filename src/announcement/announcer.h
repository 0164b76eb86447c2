#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "announcement/check_progress.h"
#include "announcement/node_job.h"
#include "announcement/report_poster.h"
#include "model/postponed_report.h"
#include "model/preferences.h"
#include "run/run_tracker.h"
#include "store/run_store.h"

namespace backup_monitor::announcement {

/// What a step leads to, once it is on disk.
struct StepResult {
  PostedReports posted;
  std::vector<ProbeJob> checks;       ///< Checks that reports wait for, all of those still missing.
  std::vector<PostponedId> released;  ///< Their checks are not needed any more.
  /// Of which runs the log is to be read: those that are open, and those of the reports that wait.
  std::vector<NodeJob> log_jobs;
  /// Of which of these runs it is to be asked whether their nodes could be reached.
  std::vector<NodeJob> presence_jobs;
  /// A report waits for what the leader's log says of the upload of the cluster's own backup.
  bool wants_uploads = false;
  std::optional<Time> next_release;  ///< When the next postponed report is sent without its checks.
  int postponed = 0;                 ///< Reports that wait now.
  std::vector<run::AlertAnswer> answers;  ///< Of the step, as the next two.
  std::vector<PlanId> missed;             ///< The plan of each due moment that has been missed.
  std::vector<std::string> remarks;
  std::vector<std::string> reasons;
};

/// Takes a step of the run state machine to its end: judges the runs that closed, keeps everything, and
/// posts the reports that are due, all within one transaction. A report whose runs need repository checks, or of which
/// a witness may say more, is postponed: until all are made and all were asked, their time is over, the destination is needed
/// by another run, or a late record has reopened the run. Reports of one plan are sent in their order.
class Announcer {
 public:
  struct Checks {
    ProbeMode mode = ProbeMode::kOff;
    seconds run_timeout{600};                 ///< A report waits for checks no longer than this.
    const CheckProgress* progress = nullptr;  ///< None with kOff.
    bool reads_log = false;
    bool asks_for_nodes = false;
    bool reads_uploads = false;  ///< Of the cluster's own backup.
  };

  Announcer(const MessageWriter& writer, NotifyOn notify_on, Checks checks)
      : poster_{writer, notify_on}, checks_{checks} {}

  /// \return the store's error; then the transaction must not be committed.
  [[nodiscard]] Result<StepResult> Announce(run::RunStep& step, run::RunTracker& tracker,
                                            const ClusterView& view,
                                            store::RunStore::Transaction& transaction) const;

  /// Without a look at the cluster: only postponed reports are sent, where that is due. `moment.view` is the
  /// last look, if there is one that may be quoted.
  [[nodiscard]] Result<StepResult> AnnouncePostponed(
      run::RunTracker& tracker, const Moment& moment,
      store::RunStore::Transaction& transaction) const;

 private:
  struct Scene;
  [[nodiscard]] Result<void> ReleaseReopened(std::vector<PostponedReport>& postponed,
                                             run::RunStep& step, Scene& scene) const;
  [[nodiscard]] std::vector<PostponedReport> Postpone(run::RunStep& step,
                                                      const std::vector<PostponedReport>& postponed,
                                                      const Scene& scene) const;
  [[nodiscard]] static Time WaitsSince(const std::vector<RunId>& runs, const Scene& scene);
  [[nodiscard]] Result<void> PostStep(run::RunStep& step,
                                      const std::vector<PostponedReport>& postponed,
                                      Scene& scene) const;
  [[nodiscard]] Result<void> ReleaseDue(std::vector<PostponedReport> postponed, Scene& scene) const;
  [[nodiscard]] Result<void> Release(const PostponedReport& report, Scene& scene,
                                     bool reopened) const;
  [[nodiscard]] Unprobed WhyUnchecked(const Run& run, const Scene& scene, bool reopened) const;
  struct Missing;
  [[nodiscard]] Result<Missing> MissingOf(const PostponedReport& report, const Scene& scene) const;
  [[nodiscard]] std::vector<NodeId> NodesToRead(const Run& run) const;
  [[nodiscard]] std::vector<NodeId> NodesToAsk(const Run& run) const;
  [[nodiscard]] bool WantsUploads(const Run& run) const;
  /// What a report waits for beside the checks; empty if for nothing any more.
  [[nodiscard]] static std::string_view WitnessOf(const PostponedReport& report,
                                                  const Missing& missing, Time now);
  /// Why a report need not wait for checks any longer; empty if it must.
  [[nodiscard]] std::string_view WhyChecked(const PostponedReport& report,
                                            const std::vector<probe::ProbeOrder>& missing,
                                            Time now) const;
  void AddOpenRuns(Scene& scene) const;

  ReportPoster poster_;
  Checks checks_;
};

}  // namespace backup_monitor::announcement
