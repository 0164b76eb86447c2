#include "app/witness_board.h"

#include <utility>

namespace backup_monitor::app {

void WitnessBoard::Switch(const std::string& name, bool asked) {
  const MutexLock lock{mutex_};
  states_[name].asked = asked;
}

void WitnessBoard::Answered(const std::string& name, Time at) {
  const MutexLock lock{mutex_};
  WitnessState& state = states_[name];
  state.answered_at = at;
  state.trouble.reset();
}

void WitnessBoard::Failed(const std::string& name, Time at, ErrorCode trouble) {
  const MutexLock lock{mutex_};
  WitnessState& state = states_[name];
  state.failed_at = at;
  state.trouble = trouble;
}

std::vector<WitnessState> WitnessBoard::All() const {
  const MutexLock lock{mutex_};
  std::vector<WitnessState> all;
  for (const auto& [name, state] : states_) {
    all.push_back(state);
    all.back().name = name;
  }
  return all;
}

void WitnessBoard::SetFiring(FiringAlerts firing) {
  const MutexLock lock{mutex_};
  firing_ = std::move(firing);
}

std::optional<FiringAlerts> WitnessBoard::firing() const {
  const MutexLock lock{mutex_};
  return firing_;
}

}  // namespace backup_monitor::app
