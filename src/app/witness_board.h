#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/mutex.h"
#include "model/alert_contradiction.h"

namespace backup_monitor::app {

/// How a witness stands: one of those that are asked for what Redis does not say.
struct WitnessState {
  std::string name;                    ///< "log", "alerts".
  bool asked = false;                  ///< False: the configuration switches it off.
  std::optional<Time> answered_at;     ///< Its last answer since the start.
  std::optional<Time> failed_at;       ///< When it was last asked in vain; since the start.
  std::optional<ErrorCode> trouble{};  ///< Why, where that is what it last said.

  friend bool operator==(const WitnessState&, const WitnessState&) = default;
};

/// How each witness stands, for the page, and which alerts fire. It outlives a reload of the configuration. Any thread.
class WitnessBoard {
 public:
  void Switch(const std::string& name, bool asked);
  void Answered(const std::string& name, Time at);
  void Failed(const std::string& name, Time at, ErrorCode trouble);
  [[nodiscard]] std::vector<WitnessState> All() const;

  /// Alertmanager's last answer.
  void SetFiring(FiringAlerts firing);
  /// None since the start.
  [[nodiscard]] std::optional<FiringAlerts> firing() const;

 private:
  mutable Mutex mutex_;
  std::map<std::string, WitnessState> states_ GUARDED_BY(mutex_);
  std::optional<FiringAlerts> firing_ GUARDED_BY(mutex_);
};

}  // namespace backup_monitor::app
