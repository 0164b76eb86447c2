#include "model/run_lifecycle.h"

#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch.h"

namespace backup_monitor {
namespace {

constexpr Time kNow{seconds{1'764'000'000}};

RunLifecycle In(RunState state) {
  RunLifecycle::Stored stored;
  const bool reopened = state == RunState::kReopened || state == RunState::kCorrected;
  if (state == RunState::kClosed || state == RunState::kReported) stored.closed_at = kNow;
  if (reopened) stored.reopened_until = kNow;
  stored.announced = state == RunState::kReported || state == RunState::kCorrected;
  RunLifecycle run;
  run.Restore(stored);
  return run;
}

constexpr std::initializer_list<RunState> kStates{RunState::kOpen, RunState::kClosed,
                                                  RunState::kReopened, RunState::kReported,
                                                  RunState::kCorrected};

const std::map<std::string, std::function<void(RunLifecycle&)>> kTransitions{
    {"close", [](RunLifecycle& run) { run.Close(kNow); }},
    {"announce", [](RunLifecycle& run) { run.Announce(); }},
    {"reopen", [](RunLifecycle& run) { run.Reopen(kNow); }},
    {"early notice", [](RunLifecycle& run) { run.GiveEarlyNotice(); }},
    {"late notice", [](RunLifecycle& run) { run.GiveLateNotice(); }}};

std::vector<std::string> CellsOf(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream text{line};
  std::string cell;
  std::getline(text, cell, '|');  // before the first bar
  while (std::getline(text, cell, '|')) {
    const auto first = cell.find_first_not_of(' ');
    cells.push_back(first == std::string::npos
                        ? std::string{}
                        : cell.substr(first, cell.find_last_not_of(' ') - first + 1));
  }
  return cells;
}

/// The table of docs/runs.md: what each transition makes of each state; empty where it is refused.
std::map<std::string, std::map<std::string, std::string>> DocumentedTable() {
  std::ifstream file{RUNS_DOCUMENT};
  REQUIRE(file);
  std::map<std::string, std::map<std::string, std::string>> table;
  std::vector<std::string> columns;
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("| State ", 0) == 0) columns = CellsOf(line);
    else if (!columns.empty() && line.rfind("| ", 0) != 0 && line.rfind("|-", 0) != 0) break;
    else if (!columns.empty() && line.rfind("| ", 0) == 0) {
      const auto cells = CellsOf(line);
      REQUIRE(cells.size() == columns.size());
      for (std::size_t i = 2; i < cells.size(); ++i) table[cells[0]][columns[i]] = cells[i];
    }
  }
  return table;
}

TEST_CASE("a run changes its state as docs/runs.md says, and in no other way", "[model]") {
  const auto table = DocumentedTable();
  REQUIRE(table.size() == kStates.size());
  for (const RunState state : kStates) {
    const std::string name{Name(state)};
    REQUIRE(table.contains(name));
    REQUIRE(table.at(name).size() == kTransitions.size());
    for (const auto& [transition, apply] : kTransitions) {
      CAPTURE(name, transition);
      RunLifecycle run = In(state);
      REQUIRE(run.state() == state);
      const std::string& right = table.at(name).at(transition);
      if (right.empty()) {
        CHECK_THROWS_AS(apply(run), std::logic_error);
        CHECK(run.state() == state);
      } else {
        CHECK_NOTHROW(apply(run));
        CHECK(Name(run.state()) == right);
      }
    }
  }
}

TEST_CASE("a notice is given once", "[model]") {
  RunLifecycle run;
  run.GiveEarlyNotice();
  CHECK_THROWS_AS(run.GiveEarlyNotice(), std::logic_error);
  run.GiveLateNotice();
  CHECK_THROWS_AS(run.GiveLateNotice(), std::logic_error);
}

TEST_CASE("what a clock ahead has written of the future counts as now", "[model]") {
  RunLifecycle run;
  run.Close(kNow + seconds{1});
  run.ClampTo(kNow, seconds{60});
  CHECK(run.closed_at() == kNow);
  run.ClampTo(kNow + seconds{5}, seconds{60});
  CHECK(run.closed_at() == kNow);
  run.Reopen(kNow + seconds{61});
  run.ClampTo(kNow, seconds{60});
  CHECK(run.reopened_until() == kNow + seconds{60});
  run.ClampTo(kNow + seconds{5}, seconds{60});
  CHECK(run.reopened_until() == kNow + seconds{60});
}

}  // namespace
}  // namespace backup_monitor
