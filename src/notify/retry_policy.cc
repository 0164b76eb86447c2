#include "notify/retry_policy.h"

#include <algorithm>

namespace backup_monitor {

seconds RetryPolicy::Wait(int attempts, double random) const {
  seconds wait = first;
  for (int i = 1; i < attempts && wait < longest; ++i) wait *= 2;
  const double factor = 1 - jitter + 2 * jitter * random;
  const auto jittered = std::chrono::duration<double>{std::min(wait, longest)} * factor;
  return std::chrono::duration_cast<seconds>(jittered);
}

std::optional<Time> RetryPolicy::Next(int attempts, Time now, Time created_at,
                                      double random) const {
  if (attempts >= most_attempts) return std::nullopt;
  const Time end = created_at + patience;
  const Time next = now + Wait(attempts, random);
  if (now < end) return std::min(next, end);
  if (attempts >= fewest_attempts) return std::nullopt;
  return next;
}

bool RetryPolicy::WaitedTooLong(int attempts, Time now, Time created_at) const {
  return now - created_at > patience && attempts < fewest_attempts;
}

}  // namespace backup_monitor
