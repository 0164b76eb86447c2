#include "notify/retry_policy.h"

#include <algorithm>

namespace backup_monitor::notify {

seconds RetryPolicy::Wait(int attempts, double random) const {
  seconds wait = first;
  for (int i = 1; i < attempts && wait < longest; ++i) wait *= 2;
  const double factor = 1 - jitter + 2 * jitter * random;
  const auto jittered = std::chrono::duration<double>{std::min(wait, longest)} * factor;
  return std::chrono::duration_cast<seconds>(jittered);
}

std::optional<Time> RetryPolicy::Next(int attempts, Time now, seconds waited, double random) const {
  const seconds wait = Wait(attempts, random);
  if (waited < patience) return now + std::min(wait, patience - waited);
  if (attempts >= fewest_attempts) return std::nullopt;
  return now + wait;
}

bool RetryPolicy::WaitedTooLong(int attempts, seconds waited) const {
  return waited > patience && attempts < fewest_attempts;
}

}  // namespace backup_monitor::notify
