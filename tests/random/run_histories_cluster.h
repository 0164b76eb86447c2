#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "random/chance.h"

namespace backup_monitor::testing {

/// How far a node's clock is from true time, and when it is stepped.
struct NodeClock {
  seconds offset{0};
  std::vector<std::pair<Time, seconds>> steps;

  [[nodiscard]] seconds OffsetAt(Time time) const;
};

struct ModelModule {
  unsigned node = 1;
  seconds usual{60};    ///< Its backup's usual duration.
  seconds clean_up{0};  ///< From the record's end to its storing, of a good backup; 0: none.
  int fails_permille = 20;
  bool has_run = false;  ///< A first backup takes longer.
};

struct ModelPlan {
  std::vector<std::string> modules;
  Time first;  ///< On the nodes' own clocks.
  seconds every{86'400};
  std::string schedule;  ///< The same for systemd. Empty: the daemon does not know it.
};

/// A cluster as its administrator has set it up.
struct ModelCluster {
  std::vector<NodeClock> clocks;  ///< Of node 1, 2, ...
  std::map<std::string, ModelModule> modules;
  std::map<std::string, ModelPlan> plans;
  int nights = 3;
  bool earlier =
      false;  ///< Core before 3.20: each module has a timer of its own, no record names a node.
};

[[nodiscard]] ModelCluster MakeCluster(Chance& chance);

}  // namespace backup_monitor::testing
