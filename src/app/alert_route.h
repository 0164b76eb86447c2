#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "base/clock.h"
#include "base/result.h"
#include "intake/alert_source.h"

namespace backup_monitor::app {

/// Who is asked next what fires.
struct AlertQuestion {
  intake::AlertSource& source;
  seconds timeout;
};

/// Whom to ask what fires. NS8's Alertmanager listens on the loopback of the leader: elsewhere anybody on the node may
/// listen there and raise alerts, so there the leader is asked, by an action of the cluster. That is a task of the
/// leader's agent, so it is asked rarely.
class AlertRoute {
 public:
  struct Parts {
    const Clock& clock;
    intake::AlertSource& alertmanager;
    /// By the cluster's action. None: there are no credentials for the cluster's API.
    intake::AlertSource* cluster = nullptr;
    /// The address of the leader where that is another node and `alertmanager` would be asked on this one; else none.
    std::function<Result<std::optional<std::string>>()> find_other_leader;
  };

  static constexpr seconds kAlertmanagerTimeout{10};
  static constexpr seconds kClusterTimeout{30};
  static constexpr seconds kClusterInterval{
      600};  ///< Between two questions to the cluster at least,
  static constexpr seconds kClusterShortest{60};  ///< and where a run has closed meanwhile.

  explicit AlertRoute(Parts parts) : parts_{std::move(parts)} {}

  /// \param run_closed  a run has closed since the last call
  /// \return none if it is too early; an error where nobody can be asked
  [[nodiscard]] Result<std::optional<AlertQuestion>> Next(bool run_closed);
  /// The question had no answer: the cluster may be asked again as if a run had closed.
  void NotAnswered() noexcept { run_closed_ = true; }

 private:
  const Parts parts_;
  std::optional<seconds> cluster_asked_;  ///< Clock::Steady()
  bool run_closed_ = false;               ///< Since then, or that had no answer.
};

}  // namespace backup_monitor::app
