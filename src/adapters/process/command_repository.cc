#include "adapters/process/command_repository.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <string_view>
#include <utility>

#include "adapters/process/child.h"
#include "probe/list_answer.h"
#include "probe/restic_failure.h"
#include "probe/snapshot_list.h"

namespace backup_monitor::process {
namespace {

constexpr std::chrono::seconds kGrace{10};  // restic removes its lock at SIGTERM
constexpr std::size_t kOutputBytes = 16 * 1024 * 1024;
constexpr std::string_view kFlagsPlace = "{restic_flags}";
constexpr std::string_view kNoLock = "--no-lock";  // restic 0.14.0 and later, of every command
using std::chrono::steady_clock;

/// What it was doing, if it said so: restic 0.17 and later try again for 15 minutes before they say
/// "Fatal:" (restic v0.18.1 cmd/restic/global.go innerOpen()).
std::string NoAnswerInTime(const ChildResult& result, const KnownSecrets& known) {
  std::string last = probe::LastWords(result.errors, known);
  return last.empty() ? "no answer in time" : last;
}

probe::ProbeAnswer Judge(const ChildResult& result, const KnownSecrets& known) {
  switch (result.end) {
    case ChildEnd::kTimedOut:
      return probe::Refusal(ProbeCause::kTimeout, NoAnswerInTime(result, known));
    case ChildEnd::kStopped:
      return probe::Refusal(ProbeCause::kTimeout, "cut short: the service is stopping");
    case ChildEnd::kSignalled:
      return probe::Refusal(ProbeCause::kUnknown,
                            "ended by signal " + std::to_string(result.status));
    case ChildEnd::kExited: break;
  }
  if (result.status == 0) {
    return probe::AnswerOfList(probe::ParseResticSnapshots(result.output),
                               {result.errors, result.errors_cut}, known);
  }
  return probe::Refusal(probe::ReadResticFailure(result.status, result.errors, known));
}

}  // namespace

std::vector<std::string> CommandRepository::Filled(const probe::RepositoryAddress& address,
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

probe::ProbeAnswer CommandRepository::Run(const probe::RepositoryAddress& address,
                                          const std::vector<std::string>& flags,
                                          std::chrono::milliseconds time,
                                          const std::stop_token& stop) const {
  const auto result = RunChild({.arguments = Filled(address, flags),
                                .input = {},
                                .time_limit = time,
                                .grace = kGrace,
                                .left_at_stop = true,
                                .output_limit_bytes = kOutputBytes,
                                .errors_limit_bytes = probe::kMostErrors},
                               stop);
  if (!result)
    return probe::Refusal(ProbeCause::kNotStarted,
                          Quotable(result.error().message, probe::kMostWords, known_));
  return Judge(*result, known_);
}

std::optional<probe::ProbeAnswer> CommandRepository::ReadSnapshots(
    const probe::RepositoryAddress& address, const std::stop_token& stop) {
  const auto deadline = steady_clock::now() + timeout_;
  probe::ProbeAnswer answer = Run(address, flags_, timeout_, stop);
  if (!answer.failure || answer.failure->cause != ProbeCause::kLocked || !AcceptsFlags())
    return answer;
  // A lock stops restic, but not the reading of what was saved before.
  std::vector<std::string> flags = flags_;
  flags.emplace_back(kNoLock);
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(deadline - steady_clock::now());
  if (left <= decltype(left)::zero()) return answer;
  probe::ProbeAnswer around = Run(address, flags, left, stop);
  answer.snapshots = std::move(around.snapshots);
  answer.complete = around.complete;
  return answer;
}

bool CommandRepository::AcceptsFlags() const {
  return std::find(command_.begin(), command_.end(), kFlagsPlace) != command_.end() &&
         std::find(flags_.begin(), flags_.end(), kNoLock) == flags_.end();
}

}  // namespace backup_monitor::process
