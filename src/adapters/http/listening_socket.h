#pragma once

#include <cstdint>
#include <string>

#include "base/descriptor.h"
#include "base/result.h"

namespace backup_monitor::http {

/// A socket that accepts connections; non-blocking, closed on exec.
struct ListeningSocket {
  Descriptor handle;
  std::uint16_t port = 0;  ///< The one in use, also where 0 was asked for.
};

/// \param host an IPv4 or IPv6 address, or "localhost" for 127.0.0.1; no name is looked up.
/// \return kInvalidInput if `host` is no address; kUnavailable where the address is in use or not of
///         this machine, kDenied for a port that needs privileges: "listen on 127.0.0.1:9099:
///         Address already in use".
[[nodiscard]] Result<ListeningSocket> Listen(const std::string& host, std::uint16_t port);

/// The address of a connection's own end, in the form of HttpHost::name; empty if it has none any more.
[[nodiscard]] std::string LocalAddress(const Descriptor& connection);

/// Refuses connections from now on, and resets those not yet accepted. Any thread; the descriptor
/// stays open, so that a thread that is about to accept meets an error and not a stranger's socket.
void StopListening(const Descriptor& socket) noexcept;

}  // namespace backup_monitor::http
