#pragma once

#include <string_view>

#include "probe/repository.h"

namespace backup_monitor {

/// What a restic that failed means, by its exit status and what it said on standard error.
///
/// Sources: restic v0.19.1-213 (a80be1478) cmd/restic/main.go: 10 no repository, 11 locked, 12 wrong
/// password; restic 0.14.0 ends with 1 for all of them, and only its words tell. With --json newer ones
/// say `{"message_type":"exit_error","code":10,"message":"Fatal: …"}`. Both ask "Is there a repository
/// at the following location?" of one that could not be reached, too: so words on the network count more.
/// NS8 reads through rclone's gateway, whose 401 and 403 are the destination's.
///
/// \param status  0 if it is not known; never a success
/// \param errors  any bytes
[[nodiscard]] ProbeFailure ReadResticFailure(int status, std::string_view errors);

}  // namespace backup_monitor
