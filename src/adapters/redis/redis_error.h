#pragma once

#include <string_view>

#include "base/error.h"

namespace backup_monitor::redis {

/// What an error reply means for us, by its first word (Redis 7.0.15, src/server.c and src/acl.c).
/// kUnavailable: LOADING, MASTERDOWN, BUSY, TRYAGAIN, CLUSTERDOWN, too many clients. kDenied: NOAUTH,
/// WRONGPASS, NOPERM, DENIED (protected mode). kInvalidInput: every other one.
[[nodiscard]] Error ErrorFromReply(std::string_view text);

/// True for the ways in which a Redis without passwords, or one before 6 without ACL users, refuses
/// AUTH. It serves us all the same, or says NOAUTH at the first command.
[[nodiscard]] bool IsAuthNotNeeded(std::string_view text);

}  // namespace backup_monitor::redis
