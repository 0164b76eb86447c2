#include "app/signals.h"

#include <csignal>
#include <ctime>

namespace backup_monitor {
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

Asked Signals::Wait(seconds patience) {
  const sigset_t watched = Watched();
  const timespec limit{.tv_sec = patience.count(), .tv_nsec = 0};
  switch (sigtimedwait(&watched, nullptr, &limit)) {
    case SIGTERM:
    case SIGINT: return Asked::kStop;
    case SIGHUP: return Asked::kReload;
    default: return Asked::kNothing;
  }
}

}  // namespace backup_monitor
