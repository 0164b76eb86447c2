#include "config/address_rules.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <string_view>

#include "config/faults.h"
#include "model/helo_name.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kLongestAddress = 254;
constexpr std::size_t kLongestLocalPart = 64;
constexpr std::size_t kLongestHost = 253;
constexpr std::size_t kLongestLabel = 63;

bool IsAlphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool IsAtomCharacter(char c) {  // RFC 5322, 3.2.3, atext
  return IsAlphanumeric(c) ||
         std::string_view{"!#$%&'*+-/=?^_`{|}~"}.find(c) != std::string_view::npos;
}

bool IsLocalPart(std::string_view text) {
  if (text.empty() || text.size() > kLongestLocalPart) return false;
  if (text.front() == '.' || text.back() == '.' || text.front() == '-') return false;
  if (text.find("..") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c == '.' || IsAtomCharacter(c); });
}

bool IsLabel(std::string_view label) {
  if (label.empty() || label.size() > kLongestLabel) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  // The underscore is in no host name by the letter, and in many on private networks.
  return std::all_of(label.begin(), label.end(),
                     [](char c) { return IsAlphanumeric(c) || c == '-' || c == '_'; });
}

bool IsDomain(std::string_view text) {
  if (text.size() > kLongestHost) return false;
  while (true) {
    const std::size_t dot = text.find('.');
    if (!IsLabel(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool IsIpv4(const std::string& text) {
  in_addr address{};
  return inet_pton(AF_INET, text.c_str(), &address) == 1;
}

bool IsIpv6(const std::string& text) {
  in6_addr address{};
  return inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

bool IsPort(std::string_view text) {
  if (text.empty() || text.size() > 5 || text.front() == '0') return false;
  int port = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
    port = port * 10 + (c - '0');
  }
  return port <= 65'535;
}

}  // namespace

Complaint MailAddress(const std::string& text) {
  const std::size_t at = text.rfind('@');
  if (text.size() <= kLongestAddress && at != std::string::npos &&
      IsLocalPart(std::string_view{text}.substr(0, at)) &&
      IsDomain(std::string_view{text}.substr(at + 1))) {
    return {};
  }
  return Shown(text) + " is not a mail address like admin@example.org";
}

Complaint ListenAddress(const std::string& text) {
  if (text == "localhost" || IsIpv4(text) || IsIpv6(text)) return {};
  return Shown(text) + " is not an IP address (or localhost)";
}

Complaint HostName(const std::string& text) {
  if (IsIpv6(text) || IsDomain(text)) return {};
  return Shown(text) + " is not a host name or IP address";
}

Complaint HeloName(const std::string& text) {
  if (text.empty() || IsHeloName(text)) return {};
  return Shown(text) +
         " is not a full host name like node1.example.org, nor an address like [192.0.2.1]";
}

Complaint HostAndPort(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon != std::string::npos && IsPort(std::string_view{text}.substr(colon + 1))) {
    const std::string host = text.substr(0, colon);
    if (IsDomain(host)) return {};
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (bracketed && IsIpv6(host.substr(1, host.size() - 2))) return {};
  }
  return Shown(text) + " is not host:port, like 127.0.0.1:6379";
}

bool IsLoopback(const std::string& address) {
  if (address == "localhost") return true;
  in_addr v4{};
  if (inet_pton(AF_INET, address.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24U) == 127;
  in6_addr v6{};
  if (inet_pton(AF_INET6, address.c_str(), &v6) != 1) return false;
  if (IN6_IS_ADDR_V4MAPPED(&v6)) return v6.s6_addr[12] == 127;
  return IN6_IS_ADDR_LOOPBACK(&v6);
}

}  // namespace backup_monitor
