#include "config/address_rules.h"

#include "config/faults.h"
#include "text/host_name.h"
#include "text/host_port.h"
#include "text/mail_address.h"
#include "text/url_path.h"

namespace backup_monitor::config {
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
  if (ParseHostPort(text)) return {};
  return Shown(text) + " is not host:port, like 127.0.0.1:6379";
}

Complaint UrlPathOrNone(const std::string& text) {
  if (IsUrlPath(text)) return {};
  return Shown(text) + " is not the path of a URL, like /prometheus";
}

}  // namespace backup_monitor::config
