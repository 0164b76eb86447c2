#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"

namespace backup_monitor {

/// Secrets that this process itself knows: tokens, passwords.
using KnownSecrets = std::vector<Secret>;

/// `text` without what may be a secret, each such part as "***". First the known ones, exactly,
/// whatever they look like, also as a URL (percent-encoded), JSON or Go (backslashes) would write
/// them. Then what looks like one:
/// - user and password in a URL, up to the last '@' before its end: a blank, or the closing quote;
/// - the value behind a name like `password=`, `secret_key: ` or `sig=`: all of a quoted one; of
///   another one up to the next blank, or to the line's end if it is written `name = value`;
/// - what follows `Authorization:`, whatever the scheme;
/// - any run of 20 or more letters and digits, as keys and tokens are, with '/' too where it is no path.
///
/// Better one word too many than one too few. Linear in the size of `text`.
[[nodiscard]] std::string WithoutSecrets(std::string_view text, const KnownSecrets& known = {});

/// What may be quoted to people of foreign words: without secrets, in one line, at most `most_bytes`
/// long and not cut within a character. Secrets go before it is cut: half of one would not be known
/// as such. Of a text of more than 16 KiB only the beginning is quoted.
[[nodiscard]] std::string Quotable(std::string_view text, std::size_t most_bytes,
                                   const KnownSecrets& known = {});

}  // namespace backup_monitor
