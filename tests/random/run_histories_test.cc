#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <stdexcept>

#include "catch.h"
#include "random/options.h"
#include "random/run_histories_check.h"

namespace backup_monitor::testing {
namespace {

constexpr std::size_t kShown = 3;  ///< Failed histories that are told in full.

double Percent(int part, int whole) { return whole == 0 ? 100.0 : 100.0 * part / whole; }

void PrintDelays(std::ostream& out, std::map<std::string, std::vector<seconds>>& by_fate) {
  for (auto& [fate, delays] : by_fate) {
    std::sort(delays.begin(), delays.end());
    const auto at = [&delays = delays](std::size_t percent) {
      return delays[(delays.size() - 1) * percent / 100].count();
    };
    out << ' ' << fate << ' ' << delays.size() << ": p50 " << at(50) << " p95 " << at(95) << ';';
  }
}

void Print(std::ostream& out, const char* kind, RunFigures figures) {
  const WrongLines& lines = figures.lines;
  out << kind << ": " << figures.true_runs << " true runs, "
      << Percent(figures.told_exactly, figures.true_runs) << " % told with exactly their records\n"
      << "  wrong lines: false saved " << lines.false_saved << ", false failed "
      << lines.false_failed << ", mixed " << lines.mixed << ", falsely absent " << lines.absent
      << ", not of it " << lines.not_of_it << ", premature " << lines.premature
      << "\n  missed: " << figures.missed << ", of which no result ever came "
      << figures.missed_no_result << ", it came later, of first backups " << figures.missed_first
      << ", of others " << figures.missed_early << ", it had come " << figures.missed_falsely
      << "; untold " << figures.missed_untold << "\n  all saved: " << figures.all_saved
      << ", first told otherwise " << figures.false_alarms << ", called late "
      << figures.late_notices << ", of those with a past " << figures.late_known << " of "
      << figures.all_known << "; updates " << figures.updates << ", runs with more than one "
      << figures.twice_updated << "\n  from the true end, seconds:";
  PrintDelays(out, figures.delays);
  out << "\n  to the first mail:";
  PrintDelays(out, figures.words);
  out << '\n';
}

std::ostream& operator<<(std::ostream& out, const Figures& figures) {
  out << figures.histories << " histories, " << figures.mails << " mails\nfinal reports:";
  for (const auto& [outcome, count] : figures.finals) out << ' ' << outcome << ' ' << count;
  out << "\nother mails:";
  for (const auto& [kind, count] : figures.others) out << ' ' << kind << ' ' << count;
  out << "\nupdates that changed nothing, not sent: " << figures.updates_without_change
      << "\nreports of a run without records: " << figures.without_records << '\n';
  Print(out, "clear", figures.clear);
  Print(out, "overlapping, or each hour", figures.unclear);
  Print(out, "clear, schedule known", figures.clear_timed);
  Print(out, "overlapping, or each hour, schedule known", figures.unclear_timed);
  Print(out, "clear, log read", figures.logged);
  Print(out, "daemon or Redis away, clocks stepping", figures.hindered);
  return out;
}

/// What went wrong in one history, and the whole story.
struct Failure {
  std::string faults;  ///< Empty if every promise was kept.
  std::string story;
};

Failure Try(std::uint64_t seed, Figures& figures) {
  const History history = MakeHistory(seed);
  Failure failure;
  try {
    const Night night = Replay(history);
    for (const std::string& fault : Check(history, night, figures)) failure.faults += fault + '\n';
    if (failure.faults.empty()) return failure;
    failure.story = Text(history);
    for (const Mail& mail : night.told()) {
      failure.story += (mail.sent ? "mail " : "not sent ") + Text(mail) + '\n';
    }
    if (std::getenv("BACKUP_MONITOR_SHOW") == nullptr) return failure;
    for (const std::string& reason : night.reasons()) failure.story += "reason " + reason + '\n';
  } catch (const std::exception& error) {
    failure = {error.what() + std::string{"\n"}, Text(history)};
  }
  return failure;
}

TEST_CASE("random histories: what is told is true, once and in time", "[run][random]") {
  const std::uint64_t first = NumberFrom("BACKUP_MONITOR_SEED", kSeed);
  const std::uint64_t count = NumberFrom("BACKUP_MONITOR_HISTORIES", 10'000);
  std::cout << "BACKUP_MONITOR_SEED=" << first << " BACKUP_MONITOR_HISTORIES=" << count << '\n';
  Figures figures;
  std::vector<std::uint64_t> failed;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const Failure failure = Try(seed, figures);
    if (failure.faults.empty()) continue;
    failed.push_back(seed);
    std::cout << "\nFAILED: BACKUP_MONITOR_SEED=" << seed << " BACKUP_MONITOR_HISTORIES=1\n";
    if (failed.size() <= kShown) std::cout << failure.story;
    std::cout << failure.faults;
  }
  std::cout << figures;
  CHECK(failed == std::vector<std::uint64_t>{});  // the seeds, at the end of a long output
}

}  // namespace
}  // namespace backup_monitor::testing
