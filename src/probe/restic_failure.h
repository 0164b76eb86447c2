#pragma once

#include <cstddef>
#include <string_view>

#include "base/redaction.h"
#include "probe/repository.h"

namespace backup_monitor::probe {

/// Of what restic said on standard error the last bytes count: what ended it comes last.
inline constexpr std::size_t kMostErrors = 65'536;
/// The longest that ProbeFailure::words get, in bytes.
inline constexpr std::size_t kMostWords = 300;

/// What a restic that failed means, by its exit status and what it said on standard error.
///
/// The cause is that of the message that ended the command: `{"message_type":"exit_error",…}`, else
/// the last line that begins with "Fatal:", else the last line. What it tried again before is no
/// cause. A message that says only that a client which restic runs has failed is explained by what
/// that client said just before.
///
/// Sources: restic v0.19.1-213 (a80be1478) cmd/restic/main.go: 10 no repository, 11 locked, 12
/// wrong password; restic 0.14.0 ends with 1 for all of them, and only its words distinguish them. "Is there a
/// repository at the following location?" follows every failure to read the config up to 0.18.1
/// (cmd/restic/global.go open()), so it says nothing. NS8 reads through a gateway on the node,
/// 127.0.0.1:4694: 401 and 403 are the gateway's own (haproxy), 500 is whatever the destination has
/// refused (rclone 1.66 and later), 503 that the gateway's rclone is away.
///
/// \param status  0 if it is not known; never a success
/// \param errors  any bytes
[[nodiscard]] ProbeFailure ReadResticFailure(int status, std::string_view errors,
                                             const KnownSecrets& known = {});

/// The last thing that restic said before it was ended from outside, quotable; empty if it said
/// nothing. What it says of the signal itself is left out.
[[nodiscard]] std::string LastWords(std::string_view errors, const KnownSecrets& known);

}  // namespace backup_monitor::probe
