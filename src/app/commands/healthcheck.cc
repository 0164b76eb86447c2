#include <sys/socket.h>
#include <sys/time.h>

#include <cstdio>
#include <optional>
#include <string>

#include "app/command_line.h"
#include "app/commands/commands.h"
#include "base/descriptor.h"
#include "base/socket_address.h"
#include "config/config.h"

namespace backup_monitor::app::commands {
namespace {

/// The address to ask: where the daemon listens on every address, the loopback one.
std::optional<SocketAddress> AddressOf(const config::ReceiverConfig& receiver) {
  std::string host = receiver.host;
  if (host == "0.0.0.0" || host == "localhost") host = "127.0.0.1";
  if (host == "::") host = "::1";
  return NumericAddress(host, receiver.port);
}

/// The first bytes of the answer; empty if there is none.
std::string Ask(int peer, const SocketAddress& address) {
  const timeval limit{.tv_sec = 5, .tv_usec = 0};
  setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(peer, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  if (connect(peer, address.get(), address.size) != 0) return {};
  static constexpr char kRequest[] =
      "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  if (send(peer, kRequest, sizeof kRequest - 1, MSG_NOSIGNAL) < 0) return {};
  char answer[64] = {};
  const ssize_t read = recv(peer, answer, sizeof answer - 1, MSG_WAITALL);
  return read > 0 ? std::string{answer, static_cast<std::size_t>(read)} : std::string{};
}

}  // namespace

int HealthCheck(const std::filesystem::path& config) {
  const auto loaded = config::LoadConfig(config);
  if (!loaded) {
    std::fprintf(stderr, "%s\n", loaded.error().message.c_str());
    return kExitConfig;
  }
  const auto address = AddressOf(loaded->receiver);
  if (!address) return kExitConfig;  // ParseConfig() takes nothing but addresses and localhost
  const Descriptor peer{socket(address->storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  if (!peer.open()) return 1;
  const std::string answer = Ask(peer.get(), *address);
  if (answer.rfind("HTTP/1.1 200", 0) == 0) return 0;
  std::fprintf(stderr, "%s:%u does not answer that it is well\n", loaded->receiver.host.c_str(),
               static_cast<unsigned>(loaded->receiver.port));
  return 1;
}

}  // namespace backup_monitor::app::commands
