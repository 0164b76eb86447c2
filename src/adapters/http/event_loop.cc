#include "adapters/http/event_loop.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <vector>

#include "adapters/http/listening_socket.h"
#include "base/log.h"

namespace backup_monitor::http {
namespace {

using Pistache::Flags;
using Pistache::Polling::Mode;
using Pistache::Polling::NotifyOn;
using Pistache::Polling::Tag;
using Phase = ServerState::Phase;

constexpr std::uint64_t kListenerKey = 0;
constexpr std::uint64_t kTimerKey = 1;
constexpr std::uint64_t kWakeKey = 2;
constexpr std::uint64_t kFirstKey = 16;
constexpr long kSweepNanoseconds = 200'000'000;

using Interest = Flags<NotifyOn>;

/// Edge-triggered on everything, so that neither waiting to read nor to write ever needs a change.
Interest Everything() { return Interest{NotifyOn::Read | NotifyOn::Write | NotifyOn::Shutdown}; }
Interest Reading() { return Interest{NotifyOn::Read}; }

Descriptor SweepTimer() {
  Descriptor timer{::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)};
  itimerspec every{};
  every.it_value.tv_nsec = every.it_interval.tv_nsec = kSweepNanoseconds;
  if (!timer.open() || ::timerfd_settime(timer.get(), 0, &every, nullptr) != 0) {
    throw std::runtime_error{"cannot set a timer"};
  }
  return timer;
}

void Drain(const Descriptor& counter) {
  std::uint64_t value = 0;
  while (::read(counter.get(), &value, sizeof value) > 0) {
  }
}

}  // namespace

std::shared_ptr<Pistache::Aio::Handler> EventLoop::clone() const {
  return std::make_shared<EventLoop>(shared_);
}

void EventLoop::registerPoller(Pistache::Polling::Epoll& poller) {
  poller_ = &poller;
  next_key_ = kFirstKey;
  timer_ = SweepTimer();
  wake_ = Descriptor{::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
  poller.addFd(timer_.get(), Reading(), Tag{kTimerKey});
  poller.addFd(wake_.get(), Reading(), Tag{kWakeKey});
  Listen(true);
}

void EventLoop::Wake() const {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(wake_.get(), &one, sizeof one);
}

void EventLoop::onReady(const Pistache::Aio::FdSet& events) {
  for (const auto& event : events) {
    try {
      Dispatch(event.getTag().value());
    } catch (const std::exception& failure) {  // no memory, or epoll refuses: one peer's loss
      LogError(std::string{"serve a connection: "} + failure.what());
      Drop(event.getTag().value());
    }
  }
}

void EventLoop::Dispatch(Key key) {
  switch (key) {
    case kListenerKey: return Accept();
    case kTimerKey: return Sweep();
    case kWakeKey: return FollowPhase();
    default: return Advance(key);
  }
}

void EventLoop::Listen(bool on) {
  if (on == listening_) return;
  // Level-triggered in every loop, one accept per event: the loop with time takes the peer.
  if (on) poller_->addFd(shared_->listener.get(), Reading(), Tag{kListenerKey});
  if (!on) poller_->removeFd(shared_->listener.get());
  listening_ = on;
}

void EventLoop::Accept() {
  if (!listening_) return;
  Descriptor socket{
      ::accept4(shared_->listener.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
  if (socket.open()) return Adopt(std::move(socket));
  if (errno != EMFILE && errno != ENFILE && errno != ENOBUFS && errno != ENOMEM) return;
  MakeRoom();
  Listen(false);  // until the next sweep, or the event would come again and again
}

void EventLoop::Adopt(Descriptor socket) {
  const auto share =
      shared_->settings.max_connections / static_cast<std::size_t>(shared_->settings.threads);
  if (connections_.size() >= std::max<std::size_t>(share, 1)) MakeRoom();
  // Without it an answer waits 40 ms for the peer's delayed acknowledgement.
  const int on = 1;
  ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);

  const Key key = next_key_++;
  const int fd = socket.get();
  auto kick = [poller = poller_, key](int open_fd) {
    // Arming again reports the present state anew, and a socket nearly always is writable.
    poller->rearmFd(open_fd, Everything(), Tag{key}, Mode::Edge);
  };
  auto local_address = LocalAddress(socket);
  connections_.emplace(
      key, std::make_shared<Connection>(std::move(socket), std::move(local_address), shared_,
                                        std::move(kick)));
  try {
    poller_->addFd(fd, Everything(), Tag{key}, Mode::Edge);
  } catch (...) {
    connections_.erase(key);
    throw;
  }
}

void EventLoop::MakeRoom() {
  auto oldest = connections_.end();
  Connection::SteadyTime oldest_since = Connection::SteadyTime::max();
  for (auto it = connections_.begin(); it != connections_.end(); ++it) {
    const auto since = it->second->waiting_since();
    if (!since || *since >= oldest_since) continue;
    oldest = it;
    oldest_since = *since;
  }
  if (oldest != connections_.end()) Drop(oldest->first);
}

void EventLoop::Advance(Key key) {
  const auto found = connections_.find(key);
  if (found == connections_.end()) return;
  const auto connection = found->second;
  if (connection->Advance() == Connection::Next::kClose) Drop(key);
}

void EventLoop::Drop(Key key) {
  const auto found = connections_.find(key);
  if (found == connections_.end()) return;
  found->second->Close();  // leaves the epoll with its last descriptor
  connections_.erase(found);
}

void EventLoop::Sweep() {
  heartbeat_.Beat();
  Drain(timer_);
  const auto now = std::chrono::steady_clock::now();
  std::vector<Key> over;
  for (const auto& [key, connection] : connections_) {
    if (connection->CheckDeadline(now) == Connection::Next::kClose) over.push_back(key);
  }
  for (const Key key : over) Drop(key);
  if (shared_->phase == Phase::kServing) Listen(true);
}

void EventLoop::FollowPhase() {
  Drain(wake_);
  if (shared_->phase == Phase::kServing) return;
  Listen(false);
  if (shared_->phase == Phase::kFinishing) return Sweep();
  for (const auto& [key, connection] : connections_) connection->Close();
  connections_.clear();
  if (!emptied_) shared_->LoopEmptied();
  emptied_ = true;
}

}  // namespace backup_monitor::http
