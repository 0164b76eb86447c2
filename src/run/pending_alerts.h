#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/trigger.h"
#include "run/run_book.h"

namespace backup_monitor::run {

/// The alerts that nobody has explained yet. An alert that names a plan waits `wait` for a look that
/// explains it; one that names none gathers the runs of every plan updated lately into one report.
class PendingAlerts {
 public:
  /// \param known  identities among them that have opened a run or a report before.
  void Add(const std::vector<Trigger>& triggers, const std::set<std::string>& known);

  /// About how many bytes the alerts take that still wait.
  [[nodiscard]] std::size_t memory() const noexcept;

  /// Before runs are closed: answers what is explained, opens runs for what is not.
  void OpenRuns(RunBook& book);

  /// After runs were closed: announces closed runs, those that an alert gathers together.
  void AnnounceClosed(RunBook& book);

  /// Although the look concludes nothing: an alert may not wait for ever.
  void GiveUpWaiting(RunBook& book);

  /// When an alert has waited long enough.
  [[nodiscard]] std::optional<Time> NextDue() const;

 private:
  struct Pending {
    TriggerId trigger;
    Time received_at;
    Alert alert;
    std::string identity;
    bool known = false;        ///< It has opened a run or a report before.
    std::set<PlanId> gathers;  ///< Without a plan: those that it means.
    bool gathering = false;
    Time due;  ///< The next look that decides something about it.
  };
  static void Answer(const Pending& pending, AlertAnswer::Kind kind, std::string_view why,
                     RunBook& book);
  // Each returns true when the alert is done with.
  [[nodiscard]] static bool IsRepeated(const Pending& pending, RunBook& book);
  [[nodiscard]] bool Explain(Pending& pending, RunBook& book);
  [[nodiscard]] bool ExplainNamed(const Pending& pending, const Alert::PlanReference& name,
                                  RunBook& book);
  static void Gather(Pending& pending, RunBook& book);
  [[nodiscard]] static bool TellGathered(Pending& pending, RunBook& book);
  void OpenFor(const Plan& plan, const Alert& alert, Time begin, RunBook& book);
  void AnnounceAlerts(const std::vector<RunId>& runs, RunBook& book);

  std::vector<Pending> pending_;
  std::map<RunId, Alert> without_status_;  ///< Opened by this step, each with its alert to quote.
};

}  // namespace backup_monitor::run
