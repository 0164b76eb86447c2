#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>

namespace backup_monitor::testing {

/// A name server on loopback that answers questions of one family, or none at all. What it answers is the
/// loopback address, whatever the name.
class NameServer {
 public:
  enum class Answers { kNone, kOnlyIpv4, kOnlyIpv6 };

  explicit NameServer(Answers answers) : answers_{answers} {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    socket_ = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (bind(socket_, generic, length) != 0 || getsockname(socket_, generic, &length) != 0) {
      throw std::runtime_error{"cannot listen"};
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread{[this] { Serve(); }};
  }
  ~NameServer() {
    over_ = true;
    thread_.join();
    close(socket_);
  }
  NameServer(const NameServer&) = delete;
  NameServer& operator=(const NameServer&) = delete;

  [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] int asked() const { return asked_; }

 private:
  void Serve() {
    while (!over_) {
      pollfd one{socket_, POLLIN, 0};
      if (poll(&one, 1, 20) <= 0) continue;
      std::array<char, 512> question{};
      sockaddr_in peer{};
      socklen_t length = sizeof peer;
      const auto size = recvfrom(socket_, question.data(), question.size(), 0,
                                 reinterpret_cast<sockaddr*>(&peer), &length);
      if (size < 17) continue;
      ++asked_;
      const std::string answer = AnswerTo({question.data(), static_cast<std::size_t>(size)});
      if (answer.empty()) continue;
      (void)sendto(socket_, answer.data(), answer.size(), 0,
                   reinterpret_cast<const sockaddr*>(&peer), length);
    }
  }

  /// RFC 1035, section 4.1: the question again, and one record that points back to its name.
  [[nodiscard]] std::string AnswerTo(std::string question) const {
    const std::size_t name_end = question.find('\0', 12);
    if (name_end == std::string::npos || question.size() < name_end + 5) return {};
    const bool v4 = question[name_end + 2] == 1;
    const bool v6 = question[name_end + 2] == 28;
    if (!(v4 && answers_ == Answers::kOnlyIpv4) && !(v6 && answers_ == Answers::kOnlyIpv6))
      return {};
    std::string answer = question.substr(0, name_end + 5);  // without EDNS's record
    answer[2] = '\x81';
    answer[3] = '\x80';
    const std::string counts{"\0\1\0\1\0\0\0\0", 8};
    answer.replace(4, counts.size(), counts);
    answer +=
        std::string{"\xc0\x0c\0", 3} + (v4 ? '\1' : '\x1c') + std::string{"\0\1\0\0\0\x3c\0", 7};
    answer +=
        v4 ? std::string{"\4\x7f\0\0\1", 5} : std::string{"\x10", 1} + std::string(15, '\0') + '\1';
    return answer;
  }

  const Answers answers_;
  int socket_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> over_{false};
  std::atomic<int> asked_{0};
  std::thread thread_;
};

}  // namespace backup_monitor::testing
