#include "integration/http/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <stdexcept>

namespace backup_monitor::testing {
namespace {

constexpr int kPatienceMs = 10'000;

}  // namespace

RawClient::RawClient(std::uint16_t port) : fd_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
  sockaddr_in server{};
  server.sin_family = AF_INET;
  server.sin_port = htons(port);
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd_, reinterpret_cast<const sockaddr*>(&server), sizeof server) != 0) {
    Close();
    throw std::runtime_error{"cannot connect"};
  }
}

RawClient::~RawClient() { Close(); }

void RawClient::Close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

bool RawClient::Wait(short events) const {
  pollfd poll{fd_, events, 0};
  return ::poll(&poll, 1, kPatienceMs) == 1;
}

bool RawClient::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    if (!Wait(POLLOUT)) return false;
    const ssize_t count = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void RawClient::EndSending() { ::shutdown(fd_, SHUT_WR); }

bool RawClient::ReceiveMore() {
  char chunk[64 * 1024];
  if (!Wait(POLLIN)) return false;
  const ssize_t count = ::recv(fd_, chunk, sizeof chunk, 0);
  if (count <= 0) return false;
  received_.append(chunk, static_cast<std::size_t>(count));
  return true;
}

WireAnswer RawClient::Receive(bool head_only) {
  WireAnswer answer;
  std::size_t end = 0;
  while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
    if (!ReceiveMore()) return answer;
  }
  const std::string head = received_.substr(0, end + 2);
  const auto length = head.find("Content-Length: ");
  const std::size_t body = head_only || length == std::string::npos
                               ? 0
                               : std::strtoul(head.c_str() + length + 16, nullptr, 10);
  while (received_.size() < end + 4 + body) {
    if (!ReceiveMore()) return answer;
  }
  answer = {std::atoi(head.c_str() + 9), head, received_.substr(end + 4, body)};
  received_.erase(0, end + 4 + body);
  return answer;
}

bool RawClient::WaitForAnswer() const { return Wait(POLLIN); }

bool RawClient::WaitForClose() {
  char chunk[64 * 1024];
  for (;;) {
    if (!Wait(POLLIN)) return false;
    if (::recv(fd_, chunk, sizeof chunk, 0) <= 0) return true;
  }
}

std::string PostText(const std::string& path, const std::string& body,
                     const std::string& more_headers) {
  return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
         more_headers + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

bool Eventually(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds{kPatienceMs};
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    ::poll(nullptr, 0, 2);
  }
  return true;
}

int OpenDescriptors() {
  const std::filesystem::directory_iterator open{"/proc/self/fd"};
  return static_cast<int>(std::distance(begin(open), end(open)));
}

}  // namespace backup_monitor::testing
