#include "adapters/http/http_host.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "text/ascii.h"

namespace backup_monitor::http {
namespace {

constexpr std::size_t kLongestName = 253;

bool IsNameByte(char c) { return IsAlphanumeric(c) || c == '-' || c == '_' || c == '.'; }

std::string TextOf(int family, const void* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  return ::inet_ntop(family, address, text.data(), text.size()) == nullptr ? "" : text.data();
}

/// Empty if it is no IPv6 address.
std::string ComparableV6(const std::string& text) {
  in6_addr v6{};
  if (::inet_pton(AF_INET6, text.c_str(), &v6) != 1) return {};
  if (!IN6_IS_ADDR_V4MAPPED(&v6)) return TextOf(AF_INET6, &v6);
  return TextOf(AF_INET, &v6.s6_addr[12]);
}

std::string ComparableName(std::string_view text) {
  std::string name = LowerCase(text);
  if (name.size() > 1 && name.back() == '.') name.pop_back();
  return name;
}

/// An empty port is allowed: "name:".
bool ReadPort(std::string_view text, HttpHost& host) {
  if (text.empty()) return true;
  std::uint16_t port = 0;
  const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (failure != std::errc{} || stop != text.data() + text.size()) return false;
  host.port = port;
  return true;
}

}  // namespace

std::string ComparableHost(const std::string& address_or_name) {
  auto v6 = ComparableV6(address_or_name);
  return v6.empty() ? ComparableName(address_or_name) : v6;
}

std::optional<HttpHost> ParseHost(std::string_view text) {
  HttpHost host;
  std::string_view rest;
  if (!text.empty() && text.front() == '[') {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    host.name = ComparableV6(std::string{text.substr(1, end - 1)});
    rest = text.substr(end + 1);
  } else {
    const auto end = std::min(text.find(':'), text.size());
    const auto name = text.substr(0, end);
    if (name.size() > kLongestName || !std::all_of(name.begin(), name.end(), IsNameByte))
      return std::nullopt;
    host.name = ComparableName(name);
    rest = text.substr(end);
  }
  if (host.name.empty() || (!rest.empty() && rest.front() != ':')) return std::nullopt;
  if (!rest.empty() && !ReadPort(rest.substr(1), host)) return std::nullopt;
  return host;
}

}  // namespace backup_monitor::http
