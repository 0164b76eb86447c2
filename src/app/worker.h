#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "announcement/announcer.h"
#include "announcement/message_writer.h"
#include "app/coverage.h"
#include "app/last_successes.h"
#include "app/log_reader.h"
#include "app/presence_reader.h"
#include "app/repository_checker.h"
#include "app/retention.h"
#include "app/upload_reader.h"
#include "base/clock.h"
#include "base/heartbeat.h"
#include "base/metrics.h"
#include "base/mutex.h"
#include "cluster/cluster_reader.h"
#include "run/plan_state.h"
#include "run/recovery_points.h"
#include "run/run_tracker.h"
#include "schedule/timetable.h"
#include "store/inbox.h"
#include "store/run_archive.h"
#include "store/run_store.h"

namespace backup_monitor::app {

/// What the worker knows, for /api/status.
struct WorkerStatus {
  bool cluster_reachable = false;
  std::string cluster_error;       ///< Why not; empty while reachable.
  std::optional<Time> last_look;   ///< The last complete one.
  std::optional<Time> last_alert;  ///< Received and ours; since the start.
  std::optional<Time> last_event;
  std::string store_error;  ///< Empty while steps can be stored.
  WatchSummary watch;
  std::vector<std::string> complaints;         ///< Of the last look.
  int reports_postponed = 0;                   ///< They wait for the checks of repositories.
  std::shared_ptr<const ClusterView> view;     ///< The last complete look; none before the first.
  std::map<PlanId, PlanStatus> plans;          ///< Of the enabled ones, after the last step.
  std::map<ModuleId, RecoveryPoint> recovery;  ///< After the last step.
  std::vector<AlertContradiction> contradictions;  ///< After the last step.
  /// Likewise, of each plan of which anything is known of it.
  std::map<PlanId, ClusterBackupAtClosing> cluster_backups;
  std::vector<WitnessState> witnesses;  ///< By name.
};

/// The one thread that owns the run state machine: it looks at the cluster when woken, when something
/// is due and every `reconcile`, and keeps each step in one transaction. Whatever fails is tried again;
/// nothing is taken out of the inbox before its consequences are on disk.
class Worker {
 public:
  struct Parts {
    const Clock& clock;
    cluster::ClusterReader& cluster;
    store::Inbox& inbox;
    store::RunStore& store;
    store::RunArchive& archive;
    Metrics& metrics;
    const announcement::MessageWriter& writer;
    std::function<void()> wake_delivery;     ///< Messages were posted.
    std::function<void()> run_has_closed{};  ///< And that is on disk. None: nobody wants to know.
    RepositoryChecker* checker =
        nullptr;  ///< Looks into repositories; none with `probe_mode` kOff.
    schedule::Timetable* timetable = nullptr;  ///< None: schedules are not read.
    LogReader* log = nullptr;                  ///< None: the cluster's log is not read.
    UploadReader* uploads = nullptr;           ///< Likewise.
    PresenceReader* presence = nullptr;        ///< None: nodes are not asked for.
    const WitnessBoard* witnesses = nullptr;   ///< None: nobody asks how they are.
  };
  struct Settings {
    run::RunRules rules;
    NotifyOn notify_on = NotifyOn::kEveryRun;
    std::chrono::days keep{400};
    ProbeMode probe_mode = ProbeMode::kOff;
    seconds probe_run_timeout{600};
    Exemptions exemptions;
  };

  static void DeclareMetrics(Metrics& metrics);

  Worker(Parts parts, Settings settings);
  ~Worker() { Stop(); }

  void Start();
  /// Returns when the thread has ended, at most one blocking cluster read later.
  void Stop();
  /// Look now. Any thread, returns at once. Many calls make one look.
  void Wake();
  /// The checker has found something, or a report need not wait for it any longer; or a witness has answered. Likewise,
  /// but without a look at the cluster: the next one comes at its time.
  void WakeForFindings();

  [[nodiscard]] WorkerStatus status() const;
  /// Beats while the thread runs; between two beats at most one step of the work.
  [[nodiscard]] const Heartbeat& heartbeat() const noexcept { return heartbeat_; }

 private:
  void Run(const std::stop_token& stop);
  [[nodiscard]] bool RestUntil(std::chrono::steady_clock::time_point next_look,
                               const std::stop_token& stop);
  [[nodiscard]] seconds Work(const std::stop_token& stop);
  [[nodiscard]] bool StoreFindings();
  [[nodiscard]] seconds UntilDue() const;
  [[nodiscard]] seconds RetryPause();
  [[nodiscard]] Result<bool> ReadInbox();
  [[nodiscard]] Result<bool> ReadInbox(store::Inbox::Kinds kinds, std::size_t room,
                                       TriggerId& newest);
  [[nodiscard]] std::size_t AlertsInMemory() const;
  [[nodiscard]] bool HasRoomForAlerts() const;
  [[nodiscard]] Result<std::set<std::string>> KnownAlerts(
      store::RunStore::Transaction& transaction) const;
  [[nodiscard]] Result<void> Restore();
  [[nodiscard]] Result<std::shared_ptr<const ClusterView>> Look();
  [[nodiscard]] Result<void> Evaluate(const ClusterView* view);
  [[nodiscard]] Result<void> KeepFindings(store::RunStore::Transaction& transaction);
  [[nodiscard]] Result<announcement::StepResult> StepOn(const ClusterView* view,
                                                        store::RunStore::Transaction& transaction);
  [[nodiscard]] announcement::Moment LastMoment() const;
  void Conclude(announcement::StepResult& result);
  void SendQuestions(announcement::StepResult& result);
  [[nodiscard]] Result<void> KeepUploads(store::RunStore::Transaction& transaction);
  void AskForUploads(bool wanted);
  [[nodiscard]] Result<void> AnswerRequests(const ClusterView* view,
                                            store::RunStore::Transaction& transaction,
                                            std::vector<TriggerId>& settled,
                                            announcement::PostedReports& posted);
  void Count(const announcement::StepResult& result);
  void ShowPlans(const ClusterView& view);
  [[nodiscard]] std::vector<AlertContradiction> Contradictions(const ClusterView& view) const;
  void Forget(const ClusterView& view);
  void SayStoreError(const std::string& error);

  Parts parts_;
  Settings settings_;
  announcement::Announcer announcer_;
  LastSuccesses last_successes_;
  Retention retention_;
  std::optional<run::RunTracker> tracker_;
  TriggerId newest_alert_{};      ///< That was read of the inbox.
  TriggerId newest_other_{};      ///< Likewise.
  std::vector<Trigger> waiting_;  ///< Read, and neither settled nor handed to the tracker yet.
  std::vector<Found> found_;      ///< By the checker, and not yet on disk.
  std::vector<Heard> heard_;      ///< By the log's reader, likewise.
  std::optional<UploadReading> uploads_;  ///< Likewise, by the reader of uploads.
  bool keeps_uploads_ = false;            ///< The step that goes on.
  std::vector<Met> met_;                  ///< By the reader of the nodes' presence, likewise.
  std::optional<Time>
      next_release_;         ///< When the next postponed report is sent without its checks.
  bool run_closed_ = false;  ///< In the last step.
  int failures_ = 0;         ///< In a row, of looks or of storing.

  mutable Mutex mutex_;
  std::condition_variable_any woken_;
  Heartbeat heartbeat_;
  bool wake_ GUARDED_BY(mutex_) = false;
  bool findings_ GUARDED_BY(mutex_) = false;
  WorkerStatus status_ GUARDED_BY(mutex_);
  std::jthread thread_;
};

}  // namespace backup_monitor::app
