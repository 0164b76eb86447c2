#include "app/retention.h"

#include <algorithm>
#include <set>
#include <string>

#include "base/log.h"

namespace backup_monitor::app {
namespace {

/// The data's clock: it goes on while we run, and with the newest record; never past the wall clock.
Time DataTime(const store::Retained& known, std::optional<Time> newest_record, seconds passed,
              Time now) {
  const Time before = known.data_time.value_or(newest_record.value_or(now));
  return std::min(std::max(before + passed, newest_record.value_or(Time::min())), now);
}

/// What an administrator takes off `store.keep_days` may go at once: whatever a clock says, that many days.
seconds Shortened(const store::Retained& known, std::chrono::days keep) {
  return known.keep ? std::max(*known.keep - keep, std::chrono::days{0}) : std::chrono::days{0};
}

}  // namespace

Retention::Retention(const Clock& clock, store::RunStore& store, std::chrono::days keep)
    : clock_{clock},
      store_{store},
      keep_{keep},
      last_now_{clock.Now()},
      last_steady_{clock.Steady()},
      worked_at_{last_steady_} {}

bool Retention::IsTrusted(Time now, seconds steady) {
  const seconds off = (now - last_now_) - (steady - last_steady_);
  last_now_ = now;
  last_steady_ = steady;
  if (off < -kSet || off > kSet) {
    LogWarning("the clock was set by " + std::to_string(off.count()) +
               " s: for a day nothing is removed from the history");
    distrusted_until_ = steady + kDistrust;
  }
  if (distrusted_until_ && steady >= *distrusted_until_) distrusted_until_.reset();
  return !distrusted_until_;
}

Result<void> Retention::Work(const std::vector<StatusRecord>& in_redis) {
  const Time now = clock_.Now();
  const seconds steady = clock_.Steady();
  const bool trusted = IsTrusted(now, steady);
  if (!trusted || steady - worked_at_ < kInterval) return {};
  const seconds passed = steady - worked_at_;
  worked_at_ = steady;
  return Remove(now, passed, in_redis);
}

Result<void> Retention::GiveBackRoom(const std::stop_token& stop) {
  for (bool more = true; more && !stop.stop_requested();) {
    const auto given = store_.GiveBackRoom();
    if (!given) return Fail(given.error());
    more = *given;
  }
  return {};
}

Result<void> Retention::Remove(Time now, seconds passed,
                               const std::vector<StatusRecord>& in_redis) {
  auto known = store_.ReadRetained();
  if (!known) return Fail(known.error());
  const auto newest = store_.NewestRecord();
  if (!newest) return Fail(newest.error());
  const Time data_time = DataTime(*known, *newest, passed, now);
  const Time old = data_time - keep_;
  std::set<RecordKey> still_in_redis;
  for (const StatusRecord& record : in_redis) still_in_redis.insert(record.key());
  const auto oldest = store_.OldestBefore(old, still_in_redis);
  if (!oldest) return Fail(oldest.error());

  store::Retained after{.data_time = data_time, .forgotten_to = std::nullopt, .keep = keep_};
  if (*oldest) {
    const Time from = known->forgotten_to.value_or(**oldest);
    const Time before =
        std::min(old, from + kDaysPerDay * std::min(passed, kMostSaved) + Shortened(*known, keep_));
    if (auto forgotten = store_.Forget(before, still_in_redis); !forgotten) return forgotten;
    if (before < old) after.forgotten_to = before;
  }
  return store_.SaveRetained(after);
}

}  // namespace backup_monitor::app
