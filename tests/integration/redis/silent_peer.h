#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

namespace backup_monitor::testing {

/// Listens on loopback and accepts one connection, on which it says `speech` at once and then
/// nothing more.
class SilentPeer {
 public:
  explicit SilentPeer(std::string speech = {}) : speech_{std::move(speech)} {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    listener_ = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener_, generic, length) != 0 || listen(listener_, 4) != 0 ||
        getsockname(listener_, generic, &length) != 0) {
      throw std::runtime_error{"cannot listen"};
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread{[this] {
      accepted_ = accept(listener_, nullptr, nullptr);
      if (accepted_ >= 0) send(accepted_, speech_.data(), speech_.size(), MSG_NOSIGNAL);
    }};
  }
  ~SilentPeer() {
    shutdown(listener_, SHUT_RDWR);  // Ends a waiting accept().
    thread_.join();
    close(listener_);
    if (accepted_ >= 0) close(accepted_);
  }
  SilentPeer(const SilentPeer&) = delete;
  SilentPeer& operator=(const SilentPeer&) = delete;

  [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

 private:
  std::string speech_;
  int listener_ = -1;
  int accepted_ = -1;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

/// Listens on a Unix socket and closes the first connection at once.
class HangingUp {
 public:
  explicit HangingUp(std::filesystem::path path) : path_{std::move(path)} {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.native().copy(address.sun_path, sizeof address.sun_path - 1);
    listener_ = socket(AF_UNIX, SOCK_STREAM, 0);
    if (bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        listen(listener_, 4) != 0) {
      throw std::runtime_error{"cannot listen"};
    }
    thread_ = std::thread{[this] {
      const int accepted = accept(listener_, nullptr, nullptr);
      if (accepted >= 0) close(accepted);
    }};
  }
  ~HangingUp() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }
  HangingUp(const HangingUp&) = delete;
  HangingUp& operator=(const HangingUp&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  int listener_ = -1;
  std::thread thread_;
};

}  // namespace backup_monitor::testing
