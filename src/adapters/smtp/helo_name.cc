#include "adapters/smtp/helo_name.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace backup_monitor {
namespace {

constexpr std::string_view kIpv6Tag = "IPv6:";

bool IsLabel(std::string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::ranges::all_of(label, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
         });
}

bool IsFullName(std::string_view name) {
  if (name.size() > 253 || name.find('.') == std::string_view::npos) return false;
  for (;;) {
    const auto dot = name.find('.');
    if (!IsLabel(name.substr(0, dot))) return false;
    if (dot == std::string_view::npos) break;
    name.remove_prefix(dot + 1);
  }
  // A name that ends in digits only is an address without its brackets.
  return !std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; });
}

bool IsAddress(int family, std::string_view text) {
  std::array<unsigned char, sizeof(in6_addr)> address{};
  return ::inet_pton(family, std::string{text}.c_str(), address.data()) == 1;
}

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

bool IsHeloName(std::string_view name) {
  if (name.size() < 2 || name.front() != '[' || name.back() != ']') return IsFullName(name);
  name = name.substr(1, name.size() - 2);
  if (!name.starts_with(kIpv6Tag)) return IsAddress(AF_INET, name);
  return IsAddress(AF_INET6, name.substr(kIpv6Tag.size()));
}

std::string FullHostName() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return {};
  return IsFullName(name.data()) ? name.data() : std::string{};
}

std::string AddressLiteralTowards(const sockaddr* peer, socklen_t length) {
  std::string literal = "[127.0.0.1]";
  // Connecting a datagram socket chooses the address and sends nothing (connect(2)).
  const int probe = ::socket(peer->sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (probe < 0) return literal;
  sockaddr_storage own{};
  socklen_t own_length = sizeof(own);
  if (::connect(probe, peer, length) == 0 &&
      ::getsockname(probe, reinterpret_cast<sockaddr*>(&own), &own_length) == 0) {
    literal = Literal(own);
  }
  ::close(probe);
  return literal;
}

}  // namespace backup_monitor
