#include "text/host_name.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "text/ascii.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kLongestName = 253;
constexpr std::size_t kLongestLabel = 63;
constexpr std::string_view kIpv6Tag = "IPv6:";

template <int family, typename Address>
std::optional<Address> AddressIn(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  Address address{};
  if (::inet_pton(family, std::string{text}.c_str(), &address) != 1) return std::nullopt;
  return address;
}

std::optional<in_addr> Ipv4(std::string_view text) { return AddressIn<AF_INET, in_addr>(text); }
std::optional<in6_addr> Ipv6(std::string_view text) { return AddressIn<AF_INET6, in6_addr>(text); }

bool IsLabel(std::string_view label, bool underscores) {
  if (label.empty() || label.size() > kLongestLabel) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(), [underscores](char c) {
    return IsAlphanumeric(c) || c == '-' || (underscores && c == '_');
  });
}

bool HasLabels(std::string_view name, bool underscores) {
  if (name.size() > kLongestName) return false;
  while (true) {
    const std::size_t dot = name.find('.');
    if (!IsLabel(name.substr(0, dot), underscores)) return false;
    if (dot == std::string_view::npos) return true;
    name.remove_prefix(dot + 1);
  }
}

bool IsFullName(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || !HasLabels(name, false)) return false;
  // A name that ends in digits only is an address without its brackets.
  return !std::all_of(name.begin() + static_cast<std::ptrdiff_t>(dot) + 1, name.end(), IsDigit);
}

}  // namespace

bool IsIpv4(std::string_view text) { return Ipv4(text).has_value(); }

bool IsIpv6(std::string_view text) { return Ipv6(text).has_value(); }

bool IsHostName(std::string_view text) { return HasLabels(text, true); }

bool IsAddressLiteral(std::string_view text) {
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return false;
  text = text.substr(1, text.size() - 2);
  if (text.starts_with(kIpv6Tag)) return IsIpv6(text.substr(kIpv6Tag.size()));
  return IsIpv4(text);
}

bool IsHeloName(std::string_view name) { return IsFullName(name) || IsAddressLiteral(name); }

bool IsLoopback(std::string_view host) {
  if (host == "localhost") return true;
  if (const auto v4 = Ipv4(host)) return ntohl(v4->s_addr) >> 24U == 127;
  const auto v6 = Ipv6(host);
  if (!v6) return false;
  if (IN6_IS_ADDR_V4MAPPED(&*v6)) return v6->s6_addr[12] == 127;
  return IN6_IS_ADDR_LOOPBACK(&*v6);
}

}  // namespace backup_monitor
