#include "config/address_rules.h"

#include <string_view>

#include "config/faults.h"
#include "text/ascii.h"
#include "text/host_name.h"
#include "text/mail_address.h"

namespace backup_monitor {
namespace {

bool IsPort(std::string_view text) {
  if (text.empty() || text.size() > 5 || text.front() == '0') return false;
  int port = 0;
  for (const char c : text) {
    if (!IsDigit(c)) return false;
    port = port * 10 + (c - '0');
  }
  return port <= 65'535;
}

}  // namespace

Complaint MailAddress(const std::string& text) {
  if (IsMailAddress(text)) return {};
  return Shown(text) + " is not a mail address like admin@example.org";
}

Complaint ListenAddress(const std::string& text) {
  if (text == "localhost" || IsIpv4(text) || IsIpv6(text)) return {};
  return Shown(text) + " is not an IP address (or localhost)";
}

Complaint HostName(const std::string& text) {
  if (IsIpv6(text) || IsHostName(text)) return {};
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
    if (IsHostName(host)) return {};
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (bracketed && IsIpv6(host.substr(1, host.size() - 2))) return {};
  }
  return Shown(text) + " is not host:port, like 127.0.0.1:6379";
}

}  // namespace backup_monitor
