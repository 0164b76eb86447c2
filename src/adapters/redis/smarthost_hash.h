#pragma once

#include "base/result.h"
#include "cluster/reply.h"
#include "model/smarthost.h"

namespace backup_monitor::redis {

/// Reads the reply to HGETALL of `cluster/smarthost`: `host`, `port`, `username`, `password`,
/// `enabled` ("1"), `encrypt_smtp` (`none`, `starttls`, `tls`), `tls_verify` ("1") (ns8-core
/// 4f41b359, cluster action set-smarthost). No key, no host or not enabled: a disabled smarthost.
///
/// \return kInvalidInput if the key is no hash, or of an enabled smarthost the port is no port or
///         `encrypt_smtp` is none of the three: encryption is never guessed.
[[nodiscard]] Result<Smarthost> ParseSmarthost(const cluster::Reply& hash);

}  // namespace backup_monitor::redis
