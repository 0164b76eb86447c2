#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <optional>
#include <string>

namespace backup_monitor {

/// An address with its port, as bind(2) and connect(2) take it: `get()` and `size`.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;

  [[nodiscard]] const sockaddr* get() const noexcept {
    return reinterpret_cast<const sockaddr*>(&storage);
  }
};

/// \param host  an IPv4 or IPv6 address in text, without brackets. Names are not looked up.
/// \return none if it is no address
[[nodiscard]] std::optional<SocketAddress> NumericAddress(const std::string& host,
                                                          std::uint16_t port);

}  // namespace backup_monitor
