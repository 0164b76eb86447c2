#include "random/calendar_oracle.h"

#include <array>
#include <cstdio>
#include <memory>
#include <sstream>
#include <stdexcept>

#include "text/utc_time.h"

namespace backup_monitor::testing {
namespace {

std::string OutputOf(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe{popen(command.c_str(), "r"), pclose};
  if (!pipe) throw std::runtime_error{"cannot run " + command};
  std::string output;
  std::array<char, 4096> part{};
  while (const auto size = std::fread(part.data(), 1, part.size(), pipe.get()))
    output.append(part.data(), size);
  return output;
}

bool BeginsWith(const std::string& line, const char* word) { return line.rfind(word, 0) == 0; }

/// "Wed 2026-11-25 21:00:00 UTC" at the end of a line; instead of "UTC", "+00" and "-03" where the zone has no
/// letters.
Time LastMomentOf(const std::string& line) {
  constexpr std::size_t kMoment = std::string_view{"2026-11-25 21:00:00"}.size();
  const auto space = line.find_last_of(' ');
  const auto zone = space == std::string::npos ? "" : line.substr(space + 1);
  const auto offset = zone == "UTC" ? std::string{"Z"} : zone + ":00";
  if (space != std::string::npos && space >= kMoment) {
    auto text = line.substr(space - kMoment, kMoment);
    text[10] = 'T';
    if (const auto moment = ParseRfc3339(text + offset)) return *moment;
  }
  throw std::runtime_error{"no moment: " + line};
}

}  // namespace

std::vector<OracleAnswer> AskSystemd(const std::vector<std::string>& expressions,
                                     const std::string& zone, Time base, int count) {
  // It counts elapses from the first after the base. `--` ends the options, single quotes keep what they hold.
  std::string command = "LC_ALL=C SYSTEMD_COLORS=0 SYSTEMD_LOG_LEVEL=err TZ=" + zone +
                        " systemd-analyze calendar --iterations=" + std::to_string(count) +
                        " --base-time=@" + std::to_string(base.time_since_epoch().count()) + " --";
  for (const auto& expression : expressions) command += " '" + expression + "'";
  std::vector<OracleAnswer> answers;
  bool begun = false;  // by "Original form", so "Normalized form" belongs to the same
  std::string local;   // the elapse that is read, in the local zone
  std::istringstream lines{OutputOf(command + " 2>&1")};
  for (std::string line; std::getline(lines, line);) {
    line.erase(0, line.find_first_not_of(' '));
    if (BeginsWith(line, "Failed to parse calendar specification")) {
      answers.push_back({.refused = true, .gave_up = false, .elapses = {}});
    } else if (BeginsWith(line, "Failed to determine next elapse")) {
      answers.push_back({.refused = false, .gave_up = true, .elapses = {}});
    } else if (BeginsWith(line, "Original form:")) {
      answers.emplace_back();
      begun = true;
    } else if (BeginsWith(line, "Normalized form:")) {
      if (!begun) answers.emplace_back();
      begun = false;
    } else if (BeginsWith(line, "Next elapse: ") || BeginsWith(line, "Iter. #")) {
      local = line == "Next elapse: never" ? "" : line;
    } else if (BeginsWith(line, "(in UTC):")) {
      local = line;
    } else if (BeginsWith(line, "From now:")) {
      // systemd 252 omits "(in UTC)" where the C library's `timezone` is 0, as it is at times in Africa/Casablanca.
      answers.back().elapses.push_back(LastMomentOf(local));
    }
  }
  if (answers.size() != expressions.size())
    throw std::runtime_error{std::to_string(answers.size()) + " answers to " + command};
  return answers;
}

}  // namespace backup_monitor::testing
