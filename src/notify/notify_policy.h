#pragma once

#include <optional>

#include "model/preferences.h"
#include "model/verdict.h"

namespace backup_monitor::notify {

/// Whether a closed run is worth a mail under `mail.notify_on`. `before` is the corrected outcome of
/// the plan's run before it, none if there was none. Early notices and updates are not asked about:
/// an update goes to everyone who got the report that it corrects.
[[nodiscard]] bool WorthAMail(NotifyOn notify_on, Outcome now,
                              std::optional<Outcome> before) noexcept;

}  // namespace backup_monitor::notify
