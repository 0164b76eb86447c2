#include "notify/dispatcher.h"

#include <algorithm>
#include <utility>

namespace backup_monitor::notify {

Dispatcher::Dispatcher(CourierParts parts) : clock_{parts.clock}, courier_{std::move(parts)} {}

Dispatcher::~Dispatcher() { Stop(); }

void Dispatcher::Start(Notifier& notifier) {
  Stop();
  RelayChanged();
  thread_ = std::jthread{[this, &notifier](const std::stop_token& stop) { Run(notifier, stop); }};
}

void Dispatcher::Stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void Dispatcher::Wake() {
  {
    const MutexLock lock{mutex_};
    woken_ = true;
  }
  changed_.notify_all();
}

void Dispatcher::RelayChanged() {
  {
    const MutexLock lock{mutex_};
    relay_changed_ = true;
  }
  Wake();
}

void Dispatcher::Run(Notifier& notifier, const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    {
      const MutexLock lock{mutex_};
      woken_ = false;
      if (std::exchange(relay_changed_, false)) courier_.RelayChanged();
    }
    WaitUntil(courier_.Pass(notifier, stop), stop);
  }
}

void Dispatcher::WaitUntil(Time next, const std::stop_token& stop) {
  // The clock may jump: at least once a minute it is looked at again.
  const auto nap = std::clamp(next - clock_.Now(), seconds{0}, seconds{60});
  MutexLock lock{mutex_};
  changed_.wait_for(lock.native(), stop, nap, [this]() REQUIRES(mutex_) { return woken_; });
}

}  // namespace backup_monitor::notify
