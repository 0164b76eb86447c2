#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/probe_desk.h"
#include "app/report_poster.h"
#include "model/held_report.h"
#include "model/preferences.h"
#include "run/run_tracker.h"
#include "store/run_store.h"

namespace backup_monitor {

/// What a step has come to, to be acted on when it is on disk.
struct Announced {
  Told told;
  std::vector<ProbeJob> to_probe;  ///< Looks that reports wait for, all of those still missing.
  std::vector<HeldId> let_go;      ///< Their looks are of no interest any more.
  std::optional<Time> held_until;  ///< When the next report that is held back is told all the same.
  int held = 0;                    ///< Reports that are held back now.
  std::vector<AlertAnswer> answers;  ///< Of the step, as the next two.
  std::vector<std::string> remarks;
  std::vector<std::string> reasons;
};

/// Takes a step of the run state machine to its end: judges the runs that closed, keeps everything, and
/// tells what is worth telling, all within one transaction. A report whose runs want looks into their
/// repositories is held back: until all are made, their time is over, the destination is needed by
/// another run, or a late record has reopened the run. Reports of one plan leave in their order.
class Announcer {
 public:
  struct Probing {
    ProbeMode mode = ProbeMode::kOff;
    seconds run_timeout{600};         ///< A report is held back no longer than this.
    const ProbeDesk* desk = nullptr;  ///< None with kOff.
  };

  Announcer(const MessageWriter& writer, NotifyOn notify_on, Probing probing)
      : poster_{writer, notify_on}, probing_{probing} {}

  /// \return the store's error; then the transaction must not be committed.
  [[nodiscard]] Result<Announced> Tell(RunStep& step, RunTracker& tracker, const ClusterView& view,
                                       RunStore::Transaction& transaction) const;

  /// Without a look at the cluster: only what is held back is seen to. `moment.view` is the last look, if
  /// there is one that may be quoted.
  [[nodiscard]] Result<Announced> TellHeld(RunTracker& tracker, const Moment& moment,
                                           RunStore::Transaction& transaction) const;

 private:
  struct Scene;
  [[nodiscard]] Result<void> TellReopened(std::vector<HeldReport>& held, RunStep& step,
                                          Scene& scene) const;
  [[nodiscard]] std::vector<HeldReport> TakeWhatWaits(RunStep& step,
                                                      const std::vector<HeldReport>& held,
                                                      const Scene& scene) const;
  [[nodiscard]] Result<void> TellStep(RunStep& step, const std::vector<HeldReport>& held,
                                      Scene& scene) const;
  [[nodiscard]] Result<void> SeeTo(std::vector<HeldReport> held, Scene& scene) const;
  [[nodiscard]] Result<void> Release(const HeldReport& held, Scene& scene, bool reopened) const;
  [[nodiscard]] Unprobed WhyUnprobed(const Run& run, const Scene& scene, bool reopened) const;
  /// Why a report need not wait any longer; empty if it must.
  [[nodiscard]] std::string_view WhyOver(const HeldReport& held,
                                         const std::vector<ProbeOrder>& missing, Time now) const;

  ReportPoster poster_;
  Probing probing_;
};

}  // namespace backup_monitor
