#include "model/run_lifecycle.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace backup_monitor {

std::string_view Name(RunState state) noexcept {
  switch (state) {
    case RunState::kOpen: return "open";
    case RunState::kClosed: return "closed";
    case RunState::kReopened: return "reopened";
    case RunState::kReported: return "reported";
    case RunState::kCorrected: return "being corrected";
  }
  return "";
}

RunState RunLifecycle::state() const noexcept {
  if (!open()) return announced() ? RunState::kReported : RunState::kClosed;
  if (announced()) return RunState::kCorrected;
  return reopened_until() ? RunState::kReopened : RunState::kOpen;
}

void RunLifecycle::Close(Time at) {
  Require(open(), "closed");
  stored_.closed_at = at;
}

void RunLifecycle::Announce() {
  Require(!open(), "announced");
  stored_.announced = true;
}

void RunLifecycle::Reopen(Time until) {
  Require(!open(), "reopened");
  stored_.closed_at.reset();
  stored_.reopened_until = until;
}

void RunLifecycle::GiveEarlyNotice() {
  Require(is_unreported_and_open() && !early_notice_given(), "given an early notice");
  stored_.early_notice_given = true;
}

void RunLifecycle::GiveLateNotice() {
  Require(is_unreported_and_open() && !late_notice_given(), "given a late notice");
  stored_.late_notice_given = true;
}

void RunLifecycle::ClampTo(Time now, seconds longest_reopening) {
  if (stored_.closed_at) stored_.closed_at = std::min(*stored_.closed_at, now);
  if (stored_.reopened_until)
    stored_.reopened_until = std::min(*stored_.reopened_until, now + longest_reopening);
}

void RunLifecycle::Require(bool allowed, std::string_view transition) const {
  if (allowed) return;
  throw std::logic_error{"a run that is " + std::string{Name(state())} + " cannot be " +
                         std::string{transition}};
}

}  // namespace backup_monitor
