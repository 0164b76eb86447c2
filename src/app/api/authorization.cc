#include "app/api/authorization.h"

#include <algorithm>
#include <string>

#include "text/ascii.h"

namespace backup_monitor::app::api {
namespace {

/// Without a branch on what has been compared so far.
bool SameSecret(std::string_view given, const std::string& wanted) {
  unsigned difference = given.size() == wanted.size() ? 0 : 1;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const char other = wanted[i % wanted.size()];
    difference |= static_cast<unsigned>(static_cast<unsigned char>(given[i]) ^
                                        static_cast<unsigned char>(other));
  }
  return difference == 0;
}

/// The token of "Bearer <token>"; the scheme's case does not matter. Empty if it is no such header.
std::string_view BearerToken(std::string_view header) {
  constexpr std::string_view kScheme = "bearer ";
  if (!EqualInAnyCase(header.substr(0, kScheme.size()), kScheme)) return {};
  header.remove_prefix(kScheme.size());
  return header.substr(std::min(header.find_first_not_of(' '), header.size()));
}

}  // namespace

bool IsAllowed(Access access, std::string_view header, const ApiSettings& settings) {
  if (access == Access::kOpen) return true;
  if (access == Access::kAlert && !settings.alert_token && !settings.beyond_loopback) return true;
  if (settings.token.empty()) return !settings.beyond_loopback;
  return SameSecret(BearerToken(header), settings.token.Reveal());
}

}  // namespace backup_monitor::app::api
