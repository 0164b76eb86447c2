#include "load_connection.h"

#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string_view>

namespace backup_monitor::bench {
namespace {

using std::chrono::steady_clock;

/// What follows "\n<name>:", names compared without case.
std::optional<std::string> HeaderOf(std::string_view head, std::string_view name) {
  std::string lower{head};
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const auto at = lower.find("\n" + std::string{name} + ":");
  if (at == std::string::npos) return std::nullopt;
  const auto from = lower.find_first_not_of(' ', at + name.size() + 2);
  return lower.substr(from, lower.find('\r', from) - from);
}

}  // namespace

void LoadRequest::CountUp() {
  for (const std::size_t at : counters) {
    std::uint64_t rest = ++count;
    for (std::size_t digit = 8; digit-- > 0; rest /= 10) {
      text[at + digit] = static_cast<char>('0' + rest % 10);
    }
  }
}

void LoadConnection::Connect() {
  fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd_ < 0) throw std::runtime_error{"no more sockets"};
  const int on = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const int status = ::connect(fd_, reinterpret_cast<const sockaddr*>(&server_), sizeof server_);
  if (status != 0 && errno != EINPROGRESS) throw std::runtime_error{"cannot connect"};
  ++result_.connections;
  sent_ = 0;
  connected_ = false;
  received_.clear();
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.ptr = this;
  ::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd_, &event);
}

void LoadConnection::Disconnect() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

void LoadConnection::Reconnect(bool failed) {
  if (failed) ++result_.failures;
  Disconnect();
  Connect();
}

void LoadConnection::OnReady() {
  if (!connected_) {
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(fd_, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error == ECONNREFUSED) throw std::runtime_error{"connection refused"};
    connected_ = true;
  }
  Send();
  const bool open = Receive();
  const bool answered = ReadAnswer(!open);
  if (!open) return Reconnect(!answered && sent_ > 0);
  if (answered) Send();
}

void LoadConnection::Send() {
  if (sent_ == 0) {
    next_.CountUp();
    request_ = next_.text;
    begin_ = steady_clock::now();
  }
  while (sent_ < request_.size()) {
    const ssize_t count =
        ::send(fd_, request_.data() + sent_, request_.size() - sent_, MSG_NOSIGNAL);
    if (count <= 0) return;
    sent_ += static_cast<std::size_t>(count);
  }
}

bool LoadConnection::Receive() {
  char chunk[16 * 1024];
  for (;;) {
    const ssize_t count = ::recv(fd_, chunk, sizeof chunk, 0);
    if (count < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
    if (count == 0) return false;
    received_.append(chunk, static_cast<std::size_t>(count));
    if (static_cast<std::size_t>(count) < sizeof chunk) return true;
  }
}

bool LoadConnection::ReadAnswer(bool closed) {
  const auto end = received_.find("\r\n\r\n");
  if (end == std::string::npos) return false;
  const std::string_view head{received_.data(), end + 2};
  const auto length = HeaderOf(head, "content-length");
  const std::size_t whole = end + 4 + (length ? std::strtoul(length->c_str(), nullptr, 10) : 0);
  if (length ? received_.size() < whole : !closed) return false;

  if (head.size() < 10 || head[9] != '2') ++result_.not_2xx;
  const bool last =
      HeaderOf(head, "connection") == "close" ||
      (head.substr(0, 8) == "HTTP/1.0" && HeaderOf(head, "connection") != "keep-alive");
  const auto spent =
      std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - begin_);
  result_.latencies_us.push_back(static_cast<std::uint32_t>(spent.count()));
  received_.clear();
  sent_ = 0;
  if (last && !closed) Reconnect(false);
  return true;
}

}  // namespace backup_monitor::bench
