#include "report/newest_data.h"

#include <algorithm>

#include "report/names.h"
#include "report/standing.h"

namespace backup_monitor {
namespace {

// A record ends this much after its snapshot was begun, or as long as a backup of it takes.
constexpr seconds kOneBackup{3600};

bool WasRead(const ModuleLine& line) { return line.finding && line.finding->was_read(); }

// What is known of a module's newest data: the moment, or that there are none.
struct Reach {
  std::optional<Time> newest;
  bool read = false;
};

Reach ReachOf(const ModuleLine& line) {
  if (!WasRead(line)) return {line.newest_data ? line.newest_data : line.last_good, false};
  if (!line.finding->newest) return {std::nullopt, true};
  return {line.newest_data ? line.newest_data : line.finding->newest->at, true};
}

bool SameBackup(const ModuleLine& line, Time snapshot, Time good_end) {
  const seconds longest = std::max(line.previous_duration.value_or(kOneBackup), kOneBackup);
  return snapshot <= good_end && good_end - snapshot <= longest;
}

Fact LastGood(const Voice& voice, const ModuleLine& line) {
  return {voice.Say("detail.last_good"), line.last_good ? voice.WhenAndAge(*line.last_good)
                                                        : voice.Say("detail.no_last_good")};
}

std::string Told(const Voice& voice, const ModuleLine& line, const Reach& reach) {
  if (!reach.newest) return voice.Say("detail.no_data");
  const std::string old = voice.Old(*reach.newest);
  const bool later = line.verdict == Verdict::kFailed && line.ended && *reach.newest > *line.ended;
  return later ? voice.Say("detail.later_backup", {{"data", old}}) : old;
}

// Oldest first; what has no data at all before everything.
bool FurtherBack(const Reach& one, const Reach& other) {
  if (!one.newest || !other.newest) return !one.newest && other.newest;
  return *one.newest < *other.newest;
}

std::string Furthest(const Voice& voice, const ModuleLine& line, bool all_known) {
  const std::string module = ModuleName(line);
  const Reach reach = ReachOf(line);
  if (!reach.newest) return voice.Say("fact.recovery_point_none", {{"module", module}});
  return voice.Say(all_known ? "fact.recovery_point_value" : "fact.recovery_point_known",
                   {{"module", module}, {"data", voice.Old(*reach.newest)}});
}

}  // namespace

std::vector<Fact> NewestDataOf(const Voice& voice, const ModuleLine& line) {
  const Reach reach = ReachOf(line);
  if (!reach.read && reach.newest == line.last_good) return {LastGood(voice, line)};
  std::vector<Fact> facts{{voice.Say(reach.read ? "detail.newest_data" : "detail.newest_data_known"),
                           Told(voice, line, reach)}};
  // Of a success without a snapshot the last good backup is that success.
  if (!line.last_good || line.verdict == Verdict::kSucceeded) return facts;
  const bool same = reach.newest && SameBackup(line, *reach.newest, *line.last_good);
  if (!same) facts.push_back(LastGood(voice, line));
  return facts;
}

std::optional<Fact> WorstRecoveryPoint(const Voice& voice, const RunSection& run) {
  int modules = 0;
  bool all_known = true;
  const ModuleLine* worst = nullptr;
  for (const ModuleLine& line : run.modules) {
    const bool good = line.verdict == Verdict::kSucceeded && !SucceededWithoutSnapshot(run, line);
    if (!line.verdict || good) continue;
    ++modules;
    const Reach reach = ReachOf(line);
    all_known &= reach.read;
    if (!reach.read && !reach.newest) continue;
    if (worst == nullptr || FurtherBack(reach, ReachOf(*worst))) worst = &line;
  }
  if (run.open || modules < 2 || worst == nullptr) return std::nullopt;
  return Fact{voice.Say("fact.recovery_point"), Furthest(voice, *worst, all_known)};
}

}  // namespace backup_monitor
