#include "adapters/http/listening_socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "adapters/http/http_host.h"
#include "base/socket_address.h"

namespace backup_monitor::http {
namespace {

constexpr int kBacklog = 511;

tl::unexpected<Error> Failure(const std::string& where) {
  const int reason = errno;
  const auto code = reason == EACCES ? ErrorCode::kDenied : ErrorCode::kUnavailable;
  return Fail(code, "listen on " + where + ": " + std::system_category().message(reason));
}

std::uint16_t PortOf(int fd) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  if (::getsockname(fd, reinterpret_cast<sockaddr*>(&storage), &size) != 0) return 0;
  std::uint16_t port = 0;  // at the same place in sockaddr_in and sockaddr_in6
  static_assert(offsetof(sockaddr_in, sin_port) == offsetof(sockaddr_in6, sin6_port));
  std::memcpy(&port, reinterpret_cast<const char*>(&storage) + offsetof(sockaddr_in, sin_port),
              sizeof port);
  return ntohs(port);
}

}  // namespace

Result<ListeningSocket> Listen(const std::string& host, std::uint16_t port) {
  const std::string where =
      (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + std::to_string(port);
  const auto address = NumericAddress(host == "localhost" ? "127.0.0.1" : host, port);
  if (!address) return Fail(ErrorCode::kInvalidInput, "listen on " + where + ": not an address");

  Descriptor handle{
      ::socket(address->storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
  if (!handle.open()) return Failure(where);
  // A restart must not wait for old connections' TIME_WAIT. Never SO_REUSEPORT: with it a second
  // daemon would take every other alert.
  const int on = 1;
  if (::setsockopt(handle.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0)
    return Failure(where);
  if (::bind(handle.get(), address->get(), address->size) != 0) return Failure(where);
  if (::listen(handle.get(), kBacklog) != 0) return Failure(where);
  const std::uint16_t bound = PortOf(handle.get());
  return ListeningSocket{std::move(handle), bound};
}

std::string LocalAddress(const Descriptor& connection) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  if (::getsockname(connection.get(), reinterpret_cast<sockaddr*>(&storage), &size) != 0) return {};
  const auto* address = reinterpret_cast<const char*>(&storage) +
                        (storage.ss_family == AF_INET6 ? offsetof(sockaddr_in6, sin6_addr)
                                                       : offsetof(sockaddr_in, sin_addr));
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (::inet_ntop(storage.ss_family, address, text.data(), text.size()) == nullptr) return {};
  return ComparableHost(text.data());
}

void StopListening(const Descriptor& socket) noexcept { ::shutdown(socket.get(), SHUT_RDWR); }

}  // namespace backup_monitor::http
