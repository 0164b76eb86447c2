#include "adapters/redis/redis_error.h"

#include <algorithm>
#include <array>

#include "text/fit_text.h"

namespace backup_monitor::redis {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kComesBack{"LOADING"sv,  "MASTERDOWN"sv,  "BUSY"sv,
                                "TRYAGAIN"sv, "CLUSTERDOWN"sv, "ERR max number of clients"sv};
constexpr std::array kRefuses{"NOAUTH"sv, "WRONGPASS"sv, "NOPERM"sv, "DENIED"sv,
                              "ERR invalid password"sv};
constexpr std::array kNeedsNone{"without any password configured"sv,
                                "Client sent AUTH, but no password is set"sv,
                                "wrong number of arguments for 'auth'"sv};

template <typename Words>
bool StartsWithAny(std::string_view text, const Words& words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view word) { return text.starts_with(word); });
}

}  // namespace

Error ErrorFromReply(std::string_view text) {
  const ErrorCode code = StartsWithAny(text, kComesBack) ? ErrorCode::kUnavailable
                         : StartsWithAny(text, kRefuses) ? ErrorCode::kDenied
                                                         : ErrorCode::kInvalidInput;
  return {code, "redis answered: " + Printable(text, 200)};
}

bool IsAuthNotNeeded(std::string_view text) {
  return std::any_of(kNeedsNone.begin(), kNeedsNone.end(), [text](std::string_view words) {
    return text.find(words) != std::string_view::npos;
  });
}

}  // namespace backup_monitor::redis
