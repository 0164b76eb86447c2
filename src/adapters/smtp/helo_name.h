#pragma once

#include <sys/socket.h>

#include <string>

namespace backup_monitor::smtp {

/// The machine's own name if it is a full one, else empty: relays refuse "504 need fully-qualified
/// hostname", and a container's name is bare.
[[nodiscard]] std::string FullHostName();

/// The address literal of the address from which this machine would reach `peer`: "[192.0.2.1]". Asks
/// the routes of the kernel, sends nothing. "[127.0.0.1]" if there is no route.
[[nodiscard]] std::string AddressLiteralTowards(const sockaddr* peer, socklen_t length);

}  // namespace backup_monitor::smtp
