#include "adapters/http/connection.h"

#include <sys/socket.h>

#include <array>
#include <atomic>
#include <cerrno>

#include "adapters/http/answer_bytes.h"
#include "base/bounds.h"
#include "base/log.h"

namespace backup_monitor::http {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t kReceiveBytes = 64 * 1024;
constexpr int kStepsAtOnce = 64;  // then the loop's other connections get their turn
constexpr std::chrono::seconds kLeaveTimeout{2};
/// Sent however much waits, so that /health, a 202 and every refusal always come through.
constexpr std::size_t kSmallAnswer = 4 * 1024;

/// What a handler holds of a connection. Answers for a handler that never does.
class Ticket {
 public:
  Ticket(std::shared_ptr<Connection> connection, std::shared_ptr<ServerState> shared)
      : connection_{std::move(connection)}, shared_{std::move(shared)} {
    shared_->Enter();
  }
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;
  ~Ticket() { Give(ErrorAnswer(500, "no answer")); }

  void Give(const HttpAnswer& answer) noexcept {
    if (given_.exchange(true)) return;
    try {
      connection_->Answer(answer);
    } catch (const std::exception& failure) {  // no memory: the peer's own timeout ends it
      LogError(std::string{"answer a request: "} + failure.what());
    }
    shared_->Leave();
  }

 private:
  std::atomic<bool> given_{false};
  std::shared_ptr<Connection> connection_;
  std::shared_ptr<ServerState> shared_;
};

}  // namespace

Connection::Connection(Descriptor socket, std::string local_address,
                       std::shared_ptr<ServerState> state, Kick kick)
    : shared_{std::move(state)},
      kick_{std::move(kick)},
      local_address_{std::move(local_address)},
      socket_{std::move(socket)},
      reader_{{.body_bytes = shared_->settings.max_body_bytes}},
      since_{steady_clock::now()},
      deadline_{since_ + shared_->settings.idle_timeout} {}

Connection::~Connection() {
  shared_->buffered_bytes -= accounted_;
  shared_->unsent_bytes -= accounted_unsent_;
}

Connection::Next Connection::Advance() {
  const MutexLock lock{mutex_};
  if (!socket_.open()) return Next::kClose;
  busy_ = true;
  unread_ = true;
  Next next = Next::kKeep;
  bool progress = true;
  for (int steps = 0; progress && next == Next::kKeep; ++steps) {
    if (steps == kStepsAtOnce) {
      kick_(socket_.get());
      break;
    }
    progress = false;
    next = AdvanceOnce(progress);
  }
  busy_ = false;
  return next;
}

Connection::Next Connection::AdvanceOnce(bool& progress) {
  if (!Flush()) return Next::kClose;
  if (state_ == State::kWorking) return Next::kKeep;
  if (!output_.empty()) return Next::kKeep;  // a peer that does not take answers gets no more
  if (state_ == State::kReading) return ReadRequest(progress);
  // Closing with unread bytes would be a reset, and the peer might never see the answer.
  if (!half_closed_) ::shutdown(socket_.get(), SHUT_WR);
  half_closed_ = true;
  return Receive(progress);
}

Connection::Next Connection::ReadRequest(bool& progress) {
  auto step = reader_.Next();
  Account();
  if (std::holds_alternative<RequestReader::NeedMore>(step)) {
    const bool in_request = reader_.in_request();
    if (in_request && !was_in_request_) {
      since_ = steady_clock::now();
      deadline_ = since_ + shared_->settings.request_timeout;
    }
    was_in_request_ = in_request;
    const bool finishing = shared_->phase != ServerState::Phase::kServing;
    if (!in_request && finishing) return Next::kClose;
    return Receive(progress);
  }
  progress = true;
  if (std::holds_alternative<RequestReader::SendContinue>(step)) {
    output_ += "HTTP/1.1 100 Continue\r\n\r\n";
  } else if (auto* refused = std::get_if<RequestReader::Refused>(&step)) {
    Refuse(*refused);
  } else {
    Work(std::get<RequestReader::Complete>(std::move(step)));
  }
  return Next::kKeep;
}

Connection::Next Connection::Receive(bool& progress) {
  if (ended_) return Next::kClose;
  if (!unread_) return Next::kKeep;
  thread_local std::array<char, kReceiveBytes> chunk;
  const ssize_t count = ::recv(socket_.get(), chunk.data(), chunk.size(), 0);
  if (count < 0) {
    if (errno == EINTR) return progress = true, Next::kKeep;
    unread_ = false;
    return errno == EAGAIN || errno == EWOULDBLOCK ? Next::kKeep : Next::kClose;
  }
  progress = true;
  if (count == 0) {
    ended_ = true;
  } else if (state_ == State::kReading) {
    reader_.Append({chunk.data(), static_cast<std::size_t>(count)});
    Account();
    if (shared_->buffered_bytes > shared_->settings.max_buffered_bytes) {
      NoteBoundReached("http_requests",
                       "unfinished requests take all the memory that they may; one got 503");
      Refuse({{503, "too many requests at once"}, {}});
    }
  }
  return Next::kKeep;
}

void Connection::Work(RequestReader::Complete complete) {
  state_ = State::kWorking;
  was_in_request_ = false;
  head_only_ = complete.request.method == "HEAD";
  keep_alive_ = complete.keep_alive;
  says_keep_alive_ = complete.says_keep_alive;
  complete.request.local_address = local_address_;
  const MutexUnlock unlocked{mutex_};
  const auto ticket = std::make_shared<Ticket>(shared_from_this(), shared_);
  try {
    shared_->handler(std::move(complete.request),
                     [ticket](const HttpAnswer& answer) { ticket->Give(answer); });
  } catch (const std::exception& failure) {
    LogError(std::string{"handle a request: "} + failure.what());
    ticket->Give(ErrorAnswer(500, "internal error"));
  }
}

void Connection::Answer(const HttpAnswer& answer) {
  const MutexLock lock{mutex_};
  if (!socket_.open() || state_ != State::kWorking) return;
  const bool finishing = shared_->phase != ServerState::Phase::kServing;
  state_ = State::kReading;
  Queue(answer, !keep_alive_ || finishing);
  broken_ = !Flush();
  // The loop looks again by itself only if something happens on the socket.
  if (!busy_ && !AtRest()) kick_(socket_.get());
}

bool Connection::AtRest() {
  if (state_ != State::kReading || ended_ || broken_ || reader_.in_request()) return false;
  // Nearly always nothing has come behind the request: asking costs less than waking the loop for it.
  char byte = 0;
  if (unread_ && ::recv(socket_.get(), &byte, 1, MSG_PEEK) < 0) {
    unread_ = errno != EAGAIN && errno != EWOULDBLOCK;
  }
  return !unread_;
}

void Connection::Refuse(const RequestReader::Refused& refused) {
  if (shared_->settings.on_refused) {
    shared_->settings.on_refused(refused.request, refused.refusal.status);
  }
  head_only_ = refused.request.method == "HEAD";
  reader_ = RequestReader{{}};
  Account();
  Queue(ErrorAnswer(refused.refusal.status, refused.refusal.reason), true);
}

/// Answers get half of what may be buffered: readers that do not read must not keep alerts out.
bool Connection::HasRoomFor(std::size_t bytes) const {
  return bytes <= kSmallAnswer ||
         shared_->unsent_bytes + bytes <= shared_->settings.max_buffered_bytes / 2;
}

void Connection::Queue(const HttpAnswer& answer, bool close) {
  if (!HasRoomFor(answer.body.size())) {
    NoteBoundReached("http_answers",
                     "peers leave too much of their answers untaken; further ones get 503");
    return Queue(BusyAnswer("too many answers wait to be taken"), close);
  }
  output_ += AnswerBytes(answer,
                         {.close = close, .keep_alive = says_keep_alive_, .head_only = head_only_});
  since_ = steady_clock::now();
  deadline_ = since_ + shared_->settings.write_timeout;
  if (close) state_ = State::kLeaving;
  Account();
}

bool Connection::Flush() {
  if (broken_) return false;
  if (output_.empty()) return true;
  while (written_ < output_.size()) {
    const ssize_t count =
        ::send(socket_.get(), output_.data() + written_, output_.size() - written_, MSG_NOSIGNAL);
    if (count < 0) {
      if (errno == EINTR) continue;
      return errno == EAGAIN || errno == EWOULDBLOCK;
    }
    written_ += static_cast<std::size_t>(count);
  }
  if (output_.capacity() > kReceiveBytes) output_ = {};
  output_.clear();
  written_ = 0;
  Account();
  const auto patience = state_ == State::kLeaving ? std::chrono::milliseconds{kLeaveTimeout}
                                                  : shared_->settings.idle_timeout;
  since_ = steady_clock::now();
  deadline_ = since_ + patience;
  return true;
}

void Connection::Account() {
  const std::size_t buffered = reader_.buffered_bytes() + output_.size();
  shared_->buffered_bytes += buffered - accounted_;  // wraps and unwraps alike
  shared_->unsent_bytes += output_.size() - accounted_unsent_;
  accounted_ = buffered;
  accounted_unsent_ = output_.size();
}

Connection::Next Connection::CheckDeadline(SteadyTime now) {
  const MutexLock lock{mutex_};
  if (!socket_.open()) return Next::kClose;
  const bool finishing = shared_->phase != ServerState::Phase::kServing;
  if (state_ == State::kWorking || (now < deadline_ && !(finishing && AtRest())))
    return Next::kKeep;
  if (state_ != State::kReading || !output_.empty() || !reader_.in_request()) return Next::kClose;
  says_keep_alive_ = false;
  Refuse({{408, "the request took too long"}, {}});
  kick_(socket_.get());
  return Next::kKeep;
}

void Connection::Close() {
  const MutexLock lock{mutex_};
  socket_.Close();
}

std::optional<Connection::SteadyTime> Connection::waiting_since() const {
  const MutexLock lock{mutex_};
  if (state_ == State::kWorking) return std::nullopt;
  return since_;
}

int Connection::fd() const {
  const MutexLock lock{mutex_};
  return socket_.get();
}

}  // namespace backup_monitor::http
