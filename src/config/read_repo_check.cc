#include <algorithm>

#include "base/shell_words.h"
#include "config/read_sections.h"

namespace backup_monitor {
namespace {

constexpr Words<ProbeMode, 3> kModes{
    {{"off", ProbeMode::kOff}, {"failed", ProbeMode::kFailed}, {"all", ProbeMode::kAll}}};
constexpr Words<ProbeMethod, 2> kMethods{
    {{"cluster", ProbeMethod::kCluster}, {"command", ProbeMethod::kCommand}}};
// A look begins only if it may take its whole time, and not in the second in which a run closes.
constexpr std::chrono::seconds kToBegin{10};
constexpr std::string_view kFlagsPlace = "{restic_flags}";

void ReadFlags(Section& section, RepoCheckConfig& repo_check) {
  std::string line;
  section.Text("restic_flags", line);
  auto words = SplitShellWords(line);
  if (!words) return section.Blame("restic_flags", words.error().message);
  repo_check.restic_flags = *std::move(words);
}

void CheckFlagsPlace(Section& section, const RepoCheckConfig& repo_check) {
  if (repo_check.restic_flags.empty()) return;
  const auto& command = repo_check.command;
  if (repo_check.method == ProbeMethod::kCluster) {
    section.Blame("restic_flags", "reach no restic with method cluster: leave them out");
  } else if (std::find(command.begin(), command.end(), kFlagsPlace) == command.end()) {
    section.Blame("restic_flags", "have no place: repo_check.command lacks the argument {restic_flags}");
  }
}

}  // namespace

void ReadRepoCheck(Section section, RepoCheckConfig& repo_check) {
  section.Choice("method", repo_check.method, kMethods);
  if (repo_check.method != ProbeMethod::kNone) repo_check.mode = ProbeMode::kFailed;
  section.Choice("mode", repo_check.mode, kModes);
  section.Path("credentials_file", repo_check.credentials_file);
  section.Seconds("timeout", repo_check.timeout, {1, 3600});
  section.Seconds("run_timeout", repo_check.run_timeout, {11, 86'400});
  section.Texts("command", repo_check.command, NonEmptyLine, {});
  ReadFlags(section, repo_check);
  CheckFlagsPlace(section, repo_check);

  if (repo_check.mode != ProbeMode::kOff) section.Require("method", "repo_check.mode is not off");
  if (repo_check.method == ProbeMethod::kCluster && repo_check.credentials_file.empty()) {
    section.Blame("credentials_file", "is missing: method cluster logs in with it");
  }
  if (repo_check.run_timeout < repo_check.timeout + kToBegin) {
    section.Blame(section.Gives("run_timeout") ? "run_timeout" : "timeout",
                  "run_timeout (" + std::to_string(repo_check.run_timeout.count()) +
                      ") must be at least " + std::to_string(kToBegin.count()) +
                      " seconds longer than timeout (" + std::to_string(repo_check.timeout.count()) + ")");
  }
  section.Finish();
}

}  // namespace backup_monitor
