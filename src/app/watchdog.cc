#include "app/watchdog.h"

#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "base/log.h"

namespace backup_monitor::app {
namespace {

/// A whole decimal number in the environment that is more than 0.
std::optional<long long> PositiveVariable(const char* name) {
  const char* const text = std::getenv(name);
  if (text == nullptr) return std::nullopt;
  long long value = 0;
  const char* const end = text + std::strlen(text);
  const auto [stopped, fault] = std::from_chars(text, end, value);
  if (fault != std::errc{} || stopped != end || value <= 0) return std::nullopt;
  return value;
}

}  // namespace

std::optional<std::chrono::microseconds> WatchdogTimeout() {
  if (std::getenv("WATCHDOG_PID") != nullptr && PositiveVariable("WATCHDOG_PID") != getpid())
    return std::nullopt;
  const auto timeout = PositiveVariable("WATCHDOG_USEC");
  if (!timeout) return std::nullopt;
  return std::chrono::microseconds{*timeout};
}

Watchdog::Watchdog(std::optional<std::chrono::microseconds> timeout, std::vector<Thread> threads,
                   std::function<void(std::string_view)> notify)
    : timeout_{timeout}, threads_{std::move(threads)}, notify_{std::move(notify)} {}

std::chrono::microseconds Watchdog::interval() const noexcept {
  return timeout_ ? *timeout_ / 2 : std::chrono::hours{1};
}

void Watchdog::Check(SteadyClock::time_point now) {
  if (!timeout_) return;
  for (const Thread& thread : threads_) {
    const auto silence = thread.silence(now);
    if (silence <= 2 * *timeout_) continue;
    if (hung_ != thread.name) {
      LogError("the " + thread.name + " has made no progress for " +
               std::to_string(std::chrono::floor<std::chrono::seconds>(silence).count()) +
               " s: the service manager's watchdog gets no answer and will restart the daemon");
    }
    hung_ = thread.name;
    return;
  }
  if (!hung_.empty()) LogWarning("the " + hung_ + " makes progress again");
  hung_.clear();
  notify_("WATCHDOG=1");
}

}  // namespace backup_monitor::app
