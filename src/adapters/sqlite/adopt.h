#pragma once

#include <filesystem>

#include "base/clock.h"
#include "base/result.h"

namespace backup_monitor::sqlite {

/// What became of a store that was taken over.
struct Adoption {
  int messages_left = 0;  ///< Waited for delivery.
  int runs_left = 0;      ///< Unfinished and never reported.
  int runs_kept = 0;      ///< History.
};

/// Takes over a store that was copied from another instance at any moment: what that one had begun is
/// its own to report, what it has reported is our history. In one transaction:
///
///   - each waiting delivery has failed, with an attempt that says why: it may have been made since;
///   - the inbox is empty;
///   - open runs that were never reported are gone and their records are history; reopened ones are closed
///     again as they were reported, as of their newest record; closed ones count as reported;
///   - the next complete look is as a store's first one: what it finds new is history.
///
/// Ids go on, alerts that were reported stay so. Doing it twice is the same as once. Nobody else may have
/// the file open.
///
/// \return kNotFound if there is no file or nothing in it, else what OpenStore() says: kCorrupt,
///         kUnavailable. Then nothing has changed.
[[nodiscard]] Result<Adoption> AdoptStore(const std::filesystem::path& path, Time now);

}  // namespace backup_monitor::sqlite
