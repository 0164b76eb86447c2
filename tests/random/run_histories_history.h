#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/run_memory.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {

/// How the backup of one module in one run truly ended.
enum class Fate {
  kStored,   ///< Its record was stored, at `at`.
  kGivenUp,  ///< Busy for an hour.
  kKilled,   ///< With the job that worked on it, or before its turn came.
  kLost,     ///< It ran, and its status could not be stored.
  kCutOff,   ///< Likewise, when its node went off.
  kNodeOff,  ///< Its node was off when the run began.
  kPassedBy,  ///< It had left the job's node or the plan when its turn came, or NS8 started no job for it.
};
[[nodiscard]] const char* Name(Fate fate);

struct TrueModule {
  Fate fate = Fate::kKilled;
  Time at;             ///< From then on it could be known.
  bool saved = false;  ///< With kStored.
  bool first = false;  ///< The plan has no earlier record of it.
};

/// One execution of a plan over all nodes, as it truly was.
struct TrueRun {
  std::string plan;
  Time began;
  bool by_hand = false;
  /// Jobs of two runs of the plan worked on one node at the same time, or one began while a module of the other was
  /// still to come: their records alone cannot say whose is whose.
  bool overlaps = false;
  std::map<std::string, TrueModule> modules;
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
  bool events_lost = false;  ///< Some; then a look finds records at its time only.
  bool emptied =
      false;  ///< Redis lost everything for a while: alerts then name plans that are not there.
  bool logged = false;  ///< The daemon reads the cluster's log, which holds what run-backup says.
  bool hourly = false;  ///< A plan runs again before q is over: its runs cannot be parted surely.
  bool watched_well = true;  ///< The daemon and Redis were up all the time and the clocks right.
  std::map<std::string, seconds>
      scheduled;                   ///< Plans whose schedule the daemon knows, and their interval.
  std::set<PlanModule> taken_out;  ///< Left their plan at some time.
};

/// The same history for the same seed.
[[nodiscard]] History MakeHistory(std::uint64_t seed);

/// What happened, a line each.
[[nodiscard]] std::string Text(const History& history);

}  // namespace backup_monitor::testing
