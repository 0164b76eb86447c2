#include <cstdlib>
#include <iostream>
#include <random>
#include <stdexcept>

#include "catch.h"
#include "random/run_histories_check.h"

namespace backup_monitor::testing {
namespace {

constexpr int kShown = 3;  ///< Failed histories that are told in full.

std::uint64_t NumberFrom(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::stoull(text);
}

std::ostream& operator<<(std::ostream& out, const Figures& figures) {
  const auto percent = [](int part, int whole) {
    return whole == 0 ? 100.0 : 100.0 * part / whole;
  };
  out << figures.histories << " histories, " << figures.true_runs << " true runs, " << figures.mails
      << " mails\nfinal reports:";
  for (const auto& [outcome, count] : figures.finals) out << ' ' << outcome << ' ' << count;
  out << "\nother mails:";
  for (const auto& [kind, count] : figures.others) out << ' ' << kind << ' ' << count;
  out << "\nupdates that changed nothing, not sent: " << figures.updates_without_change
      << "\nreports of a run without records: " << figures.without_records
      << "\ntold as one report with exactly its modules: "
      << percent(figures.told_exactly, figures.true_runs) << " % of all runs, "
      << percent(figures.told_exactly_watched, figures.true_runs_watched) << " % of "
      << figures.true_runs_watched
      << " watched without trouble\nrows that are a neighbouring run's: " << figures.neighbours
      << ", " << figures.neighbours_watched << " of them watched without trouble\n";
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
  } catch (const std::exception& error) {
    failure = {error.what() + std::string{"\n"}, Text(history)};
  }
  return failure;
}

TEST_CASE("random histories: what is told is true, once and in time", "[run][random]") {
  const std::uint64_t first = NumberFrom("BACKUP_MONITOR_SEED", std::random_device{}());
  const std::uint64_t count = NumberFrom("BACKUP_MONITOR_HISTORIES", 10'000);
  std::cout << "BACKUP_MONITOR_SEED=" << first << " BACKUP_MONITOR_HISTORIES=" << count << '\n';
  Figures figures;
  int failed = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const Failure failure = Try(seed, figures);
    if (failure.faults.empty()) continue;
    std::cout << "\nFAILED: BACKUP_MONITOR_SEED=" << seed << " BACKUP_MONITOR_HISTORIES=1\n";
    if (++failed <= kShown) std::cout << failure.story;
    std::cout << failure.faults;
  }
  std::cout << figures;
  CHECK(failed == 0);
}

}  // namespace
}  // namespace backup_monitor::testing
