#include "model/helo_name.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <string>

namespace backup_monitor {
namespace {

constexpr std::string_view kIpv6Tag = "IPv6:";

bool IsLabel(std::string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::ranges::all_of(label, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-';
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

}  // namespace

bool IsHeloName(std::string_view name) {
  if (name.size() < 2 || name.front() != '[' || name.back() != ']') return IsFullName(name);
  name = name.substr(1, name.size() - 2);
  if (!name.starts_with(kIpv6Tag)) return IsAddress(AF_INET, name);
  return IsAddress(AF_INET6, name.substr(kIpv6Tag.size()));
}

}  // namespace backup_monitor
