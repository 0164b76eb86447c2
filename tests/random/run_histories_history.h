#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "model/run_memory.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {

/// One execution of a plan over all nodes, as it truly was.
struct TrueRun {
  std::string plan;
  Time began;
  bool by_hand = false;
};

/// What stands behind a status record.
struct TrueBackup {
  std::size_t run = 0;  ///< Index into History::runs.
  bool saved = false;
};

/// Something that happens to the cluster or to the daemon.
struct Happening {
  Time at;  ///< True time, which no clock need show.
  std::string text;
  std::function<void(Night&)> act;
  seconds clock_step{0};  ///< The daemon's clock jumps before `act`.
};

/// Some nights of a cluster and its daemon, with the truth.
struct History {
  std::uint64_t seed = 0;
  run::RunRules rules;
  std::vector<TrueRun> runs;
  std::map<RecordKey, TrueBackup> backups;
  std::vector<Happening> happenings;  ///< By time.
  Time end;
  seconds leader_offset{0};  ///< The daemon's clock against true time, at first.
  seconds slack{0};          ///< How long looking was impossible, and how far clocks were off.
  bool alerts_without_plan = false;
  bool hourly = false;  ///< A plan runs again before q is over: its runs cannot be parted surely.
  bool watched_well = true;  ///< The daemon and Redis were up all the time and the clocks right.
  std::set<PlanModule> taken_out;  ///< Left their plan at some time.
};

/// The same history for the same seed.
[[nodiscard]] History MakeHistory(std::uint64_t seed);

/// What happened, a line each.
[[nodiscard]] std::string Text(const History& history);

}  // namespace backup_monitor::testing
