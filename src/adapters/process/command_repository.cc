#include "adapters/process/command_repository.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <string_view>
#include <utility>

#include "adapters/process/child.h"
#include "probe/restic_failure.h"
#include "probe/snapshot_list.h"

namespace backup_monitor {
namespace {

constexpr std::chrono::seconds kGrace{10};  // restic removes its lock at SIGTERM
constexpr std::size_t kOutputBytes = 16 * 1024 * 1024;
constexpr std::string_view kFlagsPlace = "{restic_flags}";
constexpr std::string_view kNoLock = "--no-lock";  // restic 0.14.0 and later, of every command
using std::chrono::steady_clock;

ProbeAnswer Judge(const ChildResult& result) {
  switch (result.end) {
    case ChildEnd::kTimedOut: return Refusal(ProbeCause::kTimeout, "no answer in time");
    case ChildEnd::kStopped: return Refusal(ProbeCause::kTimeout, "cut short: the service is stopping");
    case ChildEnd::kSignalled:
      return Refusal(ProbeCause::kUnknown, "ended by signal " + std::to_string(result.status));
    case ChildEnd::kExited: break;
  }
  ProbeAnswer answer;
  if (result.status != 0) {
    answer.failure = ReadResticFailure(result.status, result.errors);
    return answer;
  }
  auto snapshots = ParseResticSnapshots(result.output);
  if (!snapshots) return Refusal(ProbeCause::kUnknown, snapshots.error().message);
  answer.snapshots = *std::move(snapshots);
  return answer;
}

}  // namespace

std::vector<std::string> CommandRepository::Filled(const RepositoryAddress& address,
                                                   const std::vector<std::string>& flags) const {
  const std::array<std::pair<std::string_view, const std::string*>, 4> fillings{{
      {"{module}", &address.module.value()},
      {"{plan}", &address.plan.value()},
      {"{repository}", &address.destination_id},
      {"{path}", &address.path},
  }};
  std::vector<std::string> arguments;
  for (const std::string& part : command_) {
    if (part == kFlagsPlace) {
      arguments.insert(arguments.end(), flags.begin(), flags.end());
      continue;
    }
    std::string filled;
    for (std::size_t i = 0; i < part.size();) {
      std::size_t taken = 0;
      for (const auto& [name, value] : fillings) {
        if (part.compare(i, name.size(), name) != 0) continue;
        filled += *value;  // and never searched for placeholders again
        taken = name.size();
      }
      if (taken == 0) filled += part[i];
      i += taken == 0 ? 1 : taken;
    }
    arguments.push_back(std::move(filled));
  }
  return arguments;
}

ProbeAnswer CommandRepository::Run(const RepositoryAddress& address, const std::vector<std::string>& flags,
                                   std::chrono::milliseconds time, const std::stop_token& stop) const {
  const auto result = RunChild({.arguments = Filled(address, flags),
                                .input = {},
                                .time_limit = time,
                                .grace = kGrace,
                                .left_at_stop = true,
                                .output_limit_bytes = kOutputBytes},
                               stop);
  if (!result) return Refusal(ProbeCause::kUnknown, result.error().message);
  return Judge(*result);
}

std::optional<ProbeAnswer> CommandRepository::ReadSnapshots(const RepositoryAddress& address,
                                                            const std::stop_token& stop) {
  const auto deadline = steady_clock::now() + timeout_;
  ProbeAnswer answer = Run(address, flags_, timeout_, stop);
  if (!answer.failure || answer.failure->cause != ProbeCause::kLocked || !TakesFlags()) return answer;
  // A lock stops restic, but not the reading of what was saved before.
  std::vector<std::string> flags = flags_;
  flags.emplace_back(kNoLock);
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - steady_clock::now());
  if (left <= left.zero()) return answer;
  ProbeAnswer around = Run(address, flags, left, stop);
  if (!around.failure) answer.snapshots = std::move(around.snapshots);
  return answer;
}

bool CommandRepository::TakesFlags() const {
  return std::find(command_.begin(), command_.end(), kFlagsPlace) != command_.end() &&
         std::find(flags_.begin(), flags_.end(), kNoLock) == flags_.end();
}

}  // namespace backup_monitor
