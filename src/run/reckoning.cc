#include "run/reckoning.h"

#include <utility>

#include "run/run_rules.h"

namespace backup_monitor::run {

SeenRecord Reckon(StatusRecord record, Time now) {
  constexpr seconds kLongest = std::chrono::days{7};
  Time started = record.start;
  Time ended = record.end;
  if (ended > now) {
    started -= ended - now;
    ended = now;
  }
  if (started > ended || ended - started > kLongest) started = ended;
  return {.record = std::move(record),
          .seen_at = now,
          .started = started,
          .ended = ended,
          .stored_by = {},
          .finding = {}};
}

SeenRecord ReckonFresh(StatusRecord record, Time now) {
  SeenRecord seen = Reckon(std::move(record), now);
  if (now - seen.ended > RunRules::kHistory) {
    seen.started += now - seen.ended;
    seen.ended = now;
  }
  return seen;
}

}  // namespace backup_monitor::run
