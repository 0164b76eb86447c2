#pragma once

#include <string_view>

#include "base/redaction.h"
#include "base/result.h"
#include "probe/repository.h"
#include "probe/snapshot_list.h"

namespace backup_monitor::probe {

/// What a command said on its standard error.
struct SaidErrors {
  std::string_view text;
  bool cut = false;  ///< More was said than is kept; what is kept is the end.
};

/// What a check that ended with status 0 answers: the snapshots that were listed, and whether that is all.
///
/// restic up to 0.19.1 ends `snapshots --json` with 0 although a snapshot, or all of them, could
/// not be read, and says so on standard error alone: "could not load snapshots: …", "could not load
/// snapshot 79cdb9c9: …", "Ignoring "79cdb9c9": …" (v0.14.0 internal/restic/snapshot_find.go,
/// v0.14.0 to v0.19.1 cmd/restic/find.go). NS8's action passes that on as the `error` of a task
/// that succeeded. So any line that is not known to be harmless, and any element of the list that
/// is not understood, makes the answer incomplete. The table of harmless lines is in
/// list_answer.cc.
[[nodiscard]] ProbeAnswer AnswerOfList(const Result<SnapshotList>& list, const SaidErrors& said,
                                       const KnownSecrets& known);

}  // namespace backup_monitor::probe
