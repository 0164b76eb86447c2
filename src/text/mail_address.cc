#include "text/mail_address.h"

#include <algorithm>
#include <cstddef>

#include "text/ascii.h"
#include "text/host_name.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kLongestAddress = 254;
constexpr std::size_t kLongestLocalPart = 64;

bool IsAtomCharacter(char c) {  // RFC 5322, 3.2.3, atext
  constexpr std::string_view kSigns = "!#$%&'*+-/=?^_`{|}~";
  return IsAlphanumeric(c) || kSigns.find(c) != std::string_view::npos;
}

bool IsLocalPart(std::string_view text) {
  if (text.empty() || text.size() > kLongestLocalPart) return false;
  if (text.front() == '.' || text.back() == '.' || text.front() == '-') return false;
  if (text.find("..") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c == '.' || IsAtomCharacter(c); });
}

}  // namespace

bool IsMailAddress(std::string_view text, MailDomain domain) {
  const std::size_t at = text.rfind('@');
  if (text.size() > kLongestAddress || at == std::string_view::npos) return false;
  const std::string_view host = text.substr(at + 1);
  const bool literal = domain == MailDomain::kNameOrLiteral && IsAddressLiteral(host);
  return IsLocalPart(text.substr(0, at)) && (literal || IsHostName(host));
}

}  // namespace backup_monitor
