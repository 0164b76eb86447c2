#include "adapters/smtp/helo_name.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <string_view>

#include "base/descriptor.h"
#include "text/host_name.h"

namespace backup_monitor::smtp {
namespace {

constexpr std::string_view kIpv6Tag = "IPv6:";

std::string Literal(const sockaddr_storage& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.ss_family == AF_INET) {
    sockaddr_in ipv4{};
    std::memcpy(&ipv4, &address, sizeof(ipv4));
    ::inet_ntop(AF_INET, &ipv4.sin_addr, text.data(), text.size());
    return "[" + std::string{text.data()} + "]";
  }
  sockaddr_in6 ipv6{};
  std::memcpy(&ipv6, &address, sizeof(ipv6));
  ::inet_ntop(AF_INET6, &ipv6.sin6_addr, text.data(), text.size());
  return "[" + std::string{kIpv6Tag} + text.data() + "]";
}

}  // namespace

std::string FullHostName() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return {};
  return name[0] != '[' && IsHeloName(name.data()) ? name.data() : std::string{};
}

std::string AddressLiteralTowards(const sockaddr* peer, socklen_t length) {
  std::string literal = "[127.0.0.1]";
  // Connecting a datagram socket chooses the address and sends nothing (connect(2)).
  const Descriptor probe{::socket(peer->sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
  if (!probe.open()) return literal;
  sockaddr_storage own{};
  socklen_t own_length = sizeof(own);
  if (::connect(probe.get(), peer, length) == 0 &&
      ::getsockname(probe.get(), reinterpret_cast<sockaddr*>(&own), &own_length) == 0) {
    literal = Literal(own);
  }
  return literal;
}

}  // namespace backup_monitor::smtp
