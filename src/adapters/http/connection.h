#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "adapters/http/request_reader.h"
#include "adapters/http/server_state.h"
#include "base/descriptor.h"
#include "base/mutex.h"

namespace backup_monitor::http {

/// One peer. Its loop's thread reads, hands requests on and closes; answers come from any thread
/// and go straight to the socket. One request at a time: a pipelined one waits for its turn.
///
/// Pistache 0.0.5 would send from its queue, keyed by descriptor number. There an answer can go to
/// a stranger who got the number after the peer left, a wake-up can be swallowed (PollableQueue::pop
/// drains the eventfd after it saw the queue empty), and an answer is forgotten where the socket
/// becomes readable and writable at once (Transport::onReady).
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;
  /// Makes the loop call Advance() soon. Any thread; only called while the socket is open.
  using Kick = std::function<void(int fd)>;
  enum class Next { kKeep, kClose };

  /// \param local_address  the socket's own end, in the form of HttpHost::name.
  Connection(Descriptor socket, std::string local_address, std::shared_ptr<ServerState> state,
             Kick kick);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Loop thread: does all that can be done without waiting. On kClose call Close().
  [[nodiscard]] Next Advance();

  /// Loop thread: is a deadline over? On kClose call Close().
  [[nodiscard]] Next CheckDeadline(SteadyTime now);

  /// Loop thread. Later answers are dropped.
  void Close();

  /// Since when nothing but the peer has been waited for; none while a handler works.
  [[nodiscard]] std::optional<SteadyTime> waiting_since() const;

  [[nodiscard]] int fd() const;

  /// Any thread: the answer to the request in work.
  void Answer(const HttpAnswer& answer);

 private:
  enum class State {
    kReading,  ///< Between requests, or inside one.
    kWorking,  ///< The handler has it.
    kLeaving,  ///< The last answer is written or being written; what comes in is thrown away.
  };
  Next AdvanceOnce(bool& progress) REQUIRES(mutex_);
  Next ReadRequest(bool& progress) REQUIRES(mutex_);
  Next Receive(bool& progress) REQUIRES(mutex_);
  /// Unlocks while the handler runs.
  void Work(RequestReader::Complete complete) REQUIRES(mutex_);
  void Refuse(const RequestReader::Refused& refused) REQUIRES(mutex_);
  [[nodiscard]] bool Flush() REQUIRES(mutex_);
  void Queue(const HttpAnswer& answer, bool close) REQUIRES(mutex_);
  [[nodiscard]] bool HasRoomFor(std::size_t bytes) const REQUIRES(mutex_);
  void Account() REQUIRES(mutex_);
  [[nodiscard]] bool AtRest() REQUIRES(mutex_);

  const std::shared_ptr<ServerState> shared_;
  const Kick kick_;
  const std::string local_address_;  ///< HttpRequest::local_address
  mutable Mutex mutex_;              ///< Not held while a handler runs.
  Descriptor socket_ GUARDED_BY(mutex_);
  RequestReader reader_ GUARDED_BY(mutex_);
  State state_ GUARDED_BY(mutex_) = State::kReading;
  bool busy_ GUARDED_BY(mutex_) =
      false;  ///< The loop is in Advance(): it will look again, no kick needed.
  bool unread_ GUARDED_BY(mutex_) = true;   ///< The socket may hold bytes, or its end.
  bool ended_ GUARDED_BY(mutex_) = false;   ///< The peer will send nothing more.
  bool broken_ GUARDED_BY(mutex_) = false;  ///< Writing failed.
  bool half_closed_ GUARDED_BY(mutex_) =
      false;  ///< Our end of the connection is shut down for writing.
  bool head_only_ GUARDED_BY(mutex_) = false, keep_alive_ GUARDED_BY(mutex_) = true,
                  says_keep_alive_ GUARDED_BY(mutex_) = false;  ///< Of the request in work.
  std::string output_ GUARDED_BY(mutex_);
  std::size_t written_ GUARDED_BY(mutex_) = 0;
  std::size_t accounted_ GUARDED_BY(mutex_) = 0;  ///< Our part of ServerState::buffered_bytes.
  std::size_t accounted_unsent_ GUARDED_BY(mutex_) = 0;  ///< Our part of ServerState::unsent_bytes.
  SteadyTime since_ GUARDED_BY(mutex_);                  ///< Begin of the present wait.
  SteadyTime deadline_ GUARDED_BY(mutex_);
  bool was_in_request_ GUARDED_BY(mutex_) = false;
};

}  // namespace backup_monitor::http
