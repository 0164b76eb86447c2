#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "model/finding.h"
#include "model/ids.h"

namespace backup_monitor::probe {

/// Which repository: the one of a module at the destination of a plan.
struct RepositoryAddress {
  PlanId plan;
  ModuleId module;
  std::string destination_id;  ///< UUID of the destination.
  std::string path;            ///< "<image name>/<module UUID>"; NS8's name for it there.
};

/// Why no snapshots can be listed.
struct ProbeFailure {
  ProbeCause cause = ProbeCause::kUnknown;
  std::string words;  ///< One line, without secrets, at most 300 bytes. May be empty.

  friend bool operator==(const ProbeFailure&, const ProbeFailure&) = default;
};

/// Everything in the repository, or its newest snapshots, in no order; or the failure. Both if the repository
/// refused and was read all the same, or if not all could be read.
struct ProbeAnswer {
  std::vector<Snapshot> snapshots;
  std::optional<ProbeFailure> failure;
  /// Nothing that was asked for is missing from `snapshots`. False only with a failure.
  bool complete = true;
};

/// An answer that is a failure.
[[nodiscard]] inline ProbeAnswer Refusal(ProbeFailure failure) {
  return {{}, std::move(failure), false};
}
[[nodiscard]] inline ProbeAnswer Refusal(ProbeCause cause, std::string words) {
  return Refusal(ProbeFailure{cause, std::move(words)});
}

/// Looks into backup repositories. One call at a time.
class Repository {
 public:
  virtual ~Repository() = default;

  /// Blocks for at most `repo_check.timeout` and a little more; `stop` cuts it short within 2 s, as a
  /// kTimeout. Never throws.
  ///
  /// \return nothing if the look could not begin, because an earlier one into the same destination still goes on:
  ///         nothing was learnt
  [[nodiscard]] virtual std::optional<ProbeAnswer> ReadSnapshots(const RepositoryAddress& address,
                                                                 const std::stop_token& stop) = 0;
};

}  // namespace backup_monitor::probe
