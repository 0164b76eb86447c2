#pragma once

#include <pistache/reactor.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <unordered_map>

#include "adapters/http/connection.h"
#include "adapters/http/server_state.h"
#include "base/descriptor.h"
#include "base/heartbeat.h"

namespace backup_monitor::http {

/// One thread's share of the connections, as a handler on Pistache's reactor: the reactor owns the
/// thread and the epoll, the loop what happens on it.
///
/// Pistache 0.0.5's Http::Endpoint (Listener, Transport) is left out because no option makes it safe:
/// - accepted sockets pass through a queue that can lose its wake-up: the peer hangs (mailbox.h);
/// - an exception in a worker ends the process, and Transport throws on states a peer can bring
///   about ("could not find write data", "Could not find peer to erase");
/// - its 408 closes by descriptor number, which by then may be somebody else's (endpoint.cc);
/// - out of descriptors, its accept thread spins.
/// Read in the tag 0.0.5, whose headers are the ones Debian's 0.0.5+ds-3 installs.
class EventLoop final : public Pistache::Aio::Handler {
 public:
  explicit EventLoop(std::shared_ptr<ServerState> shared) : shared_{std::move(shared)} {}

  /// Any thread: the phase in the shared state has changed.
  void Wake() const;

  /// Beats five times a second.
  [[nodiscard]] const Heartbeat& heartbeat() const noexcept { return heartbeat_; }

  std::shared_ptr<Pistache::Aio::Handler> clone() const override;
  void registerPoller(Pistache::Polling::Epoll& poller) override;
  void onReady(const Pistache::Aio::FdSet& events) override;

 private:
  using Key = std::uint64_t;  ///< Never used twice, so a late event cannot meet a stranger.

  void Dispatch(Key key);
  void Accept();
  void Adopt(Descriptor socket);
  void MakeRoom();
  void Advance(Key key);
  void Drop(Key key);
  void Sweep();
  void FollowPhase();
  void Listen(bool on);

  std::shared_ptr<ServerState> shared_;
  Pistache::Polling::Epoll* poller_ = nullptr;
  Descriptor timer_;
  Descriptor wake_;
  Heartbeat heartbeat_;
  bool listening_ = false;
  bool emptied_ = false;
  Key next_key_ = 0;
  std::unordered_map<Key, std::shared_ptr<Connection>> connections_;
};

}  // namespace backup_monitor::http
