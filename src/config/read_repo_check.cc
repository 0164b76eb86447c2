#include <algorithm>
#include <array>
#include <string>

#include "base/program.h"
#include "config/read_sections.h"
#include "text/shell_words.h"

namespace backup_monitor::config {
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
  if (!words.fault.empty()) return section.Blame("restic_flags", words.fault);
  repo_check.restic_flags = std::move(words.words);
}

void CheckFlagsPlace(Section& section, const RepoCheckConfig& repo_check) {
  if (repo_check.restic_flags.empty()) return;
  const auto& command = repo_check.command;
  if (repo_check.method == ProbeMethod::kCluster) {
    section.Blame("restic_flags", "reach no restic with method cluster: leave them out");
  } else if (std::find(command.begin(), command.end(), kFlagsPlace) == command.end()) {
    section.Blame("restic_flags",
                  "have no place: repo_check.command lacks the argument {restic_flags}");
  }
}

std::string NotFound(const RepoCheckConfig& repo_check) {
  return "there is no program " + Shown(repo_check.command.front());
}

/// Who sets a time or flags for checks wants checks. Where no method is given, the command is the one that
/// can be found to work: it needs nothing else.
void ChooseMethod(Section& section, RepoCheckConfig& repo_check) {
  const bool found = IsProgram(repo_check.command.front());
  if (repo_check.method == ProbeMethod::kCommand && !found) {
    section.Warn(section.Gives("command") ? "command" : "method",
                 NotFound(repo_check) +
                     ": every check will fail. Install it, or give another repo_check.command");
  }
  if (section.Gives("method") || section.Gives("credentials_file")) return;
  constexpr std::array kSettings{"timeout", "run_timeout", "command", "restic_flags"};
  const auto* const given = std::find_if(kSettings.begin(), kSettings.end(),
                                         [&](const char* key) { return section.Gives(key); });
  const bool wanted =
      section.Gives("mode") ? repo_check.mode != ProbeMode::kOff : given != kSettings.end();
  if (!wanted) return;
  if (found) {
    repo_check.method = ProbeMethod::kCommand;
    if (!section.Gives("mode")) repo_check.mode = ProbeMode::kFailed;
  } else if (!section.Gives("mode")) {
    section.Warn(*given, "has no effect: repo_check.method is not given, and " +
                             NotFound(repo_check) +
                             " for method command. Give a method, or remove the section");
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
  ChooseMethod(section, repo_check);
  CheckFlagsPlace(section, repo_check);

  const bool without_method =
      repo_check.mode != ProbeMode::kOff && repo_check.method == ProbeMethod::kNone;
  if (without_method) section.Require("method", "repo_check.mode is not off");
  if (repo_check.method == ProbeMethod::kCluster && repo_check.credentials_file.empty()) {
    section.Blame("credentials_file", "is missing: method cluster logs in with it");
  }
  if (repo_check.run_timeout < repo_check.timeout + kToBegin) {
    section.Blame(section.Gives("run_timeout") ? "run_timeout" : "timeout",
                  "run_timeout (" + std::to_string(repo_check.run_timeout.count()) +
                      ") must be at least " + std::to_string(kToBegin.count()) +
                      " seconds longer than timeout (" +
                      std::to_string(repo_check.timeout.count()) + ")");
  }
  section.Finish();
}

}  // namespace backup_monitor::config
