#include "app/signals.h"

#include <csignal>
#include <ctime>

namespace backup_monitor::app {
namespace {

sigset_t Watched() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGHUP);
  return set;
}

}  // namespace

Signals::Signals() {
  const sigset_t watched = Watched();
  pthread_sigmask(SIG_BLOCK, &watched, nullptr);
  std::signal(SIGPIPE, SIG_IGN);  // a peer that hangs up is an error of one write
}

// NOLINTNEXTLINE(readability-convert-member-functions-to-static): who waits needs the signals blocked
Asked Signals::Wait(std::chrono::microseconds patience) {
  const sigset_t watched = Watched();
  const auto whole = std::chrono::floor<std::chrono::seconds>(patience);
  const timespec limit{.tv_sec = whole.count(),
                       .tv_nsec = std::chrono::nanoseconds{patience - whole}.count()};
  switch (sigtimedwait(&watched, nullptr, &limit)) {
    case SIGTERM:
    case SIGINT: return Asked::kStop;
    case SIGHUP: return Asked::kReload;
    default: return Asked::kNothing;
  }
}

}  // namespace backup_monitor::app
