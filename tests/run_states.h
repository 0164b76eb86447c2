#pragma once

#include <optional>

#include "model/run.h"

namespace backup_monitor {

// Runs as a store may hold them, whatever led to it.

inline void SetClosed(Run& run, std::optional<Time> at) {
  RunLifecycle::Stored state = run.stored();
  state.closed_at = at;
  run.Restore(state);
}

inline void SetAnnounced(Run& run, bool announced) {
  RunLifecycle::Stored state = run.stored();
  state.announced = announced;
  run.Restore(state);
}

inline void SetReopenedUntil(Run& run, Time until) {
  RunLifecycle::Stored state = run.stored();
  state.reopened_until = until;
  run.Restore(state);
}

}  // namespace backup_monitor
