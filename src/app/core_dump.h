#pragma once

namespace backup_monitor::app {

/// From now on no core dump of this process is written, by no handler either, and no other process of the
/// same user can read its memory or trace it: it holds the relay's password and the webhook's token.
/// Children begin anew with their program. (prctl(2) PR_SET_DUMPABLE, core(5); Linux 6.1)
void ForbidCoreDumps() noexcept;

}  // namespace backup_monitor::app
