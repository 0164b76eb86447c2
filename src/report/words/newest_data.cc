#include "report/words/newest_data.h"

#include <algorithm>
#include <string>

#include "report/facts/standing.h"
#include "report/words/names.h"
#include "text/fit_text.h"

namespace backup_monitor {
namespace {

// A record ends this much after its snapshot was begun, or as long as a backup of it takes.
constexpr seconds kOneBackup{3600};
constexpr std::size_t kModulesWithoutData = 5;

bool WasRead(const ModuleLine& line) { return line.finding && line.finding->was_read(); }

// What is known of a module's newest data: the moment, or that there are none.
struct Reach {
  std::optional<Time> newest;
  bool read = false;
};

Reach ReachOf(const ModuleLine& line) {
  const bool outdated =
      WasRead(line) && line.last_good && *line.last_good > line.finding->probed_at;
  if (!WasRead(line) || outdated)
    return {line.newest_data ? line.newest_data : line.last_good, false};
  if (!line.finding->newest) return {std::nullopt, true};
  return {line.newest_data ? line.newest_data : line.finding->newest->at, true};
}

bool SameBackup(const ModuleLine& line, Time snapshot, Time good_end) {
  const seconds longest = std::max(line.previous_duration.value_or(kOneBackup), kOneBackup);
  return snapshot <= good_end && good_end - snapshot <= longest;
}

NamedValue LastGood(const Voice& voice, const ModuleLine& line) {
  if (!line.last_good) return {voice.Say("detail.last_good"), voice.Say("detail.no_last_good")};
  const std::string when = voice.WhenAndAge(*line.last_good);
  const std::string plan = ShowForeign(line.last_good_plan);
  return {voice.Say("detail.last_good"),
          plan.empty() ? when : voice.Say("detail.by_plan", {{"when", when}, {"plan", plan}})};
}

std::string PostedReports(const Voice& voice, const ModuleLine& line, const Reach& reach) {
  if (!reach.newest) return voice.Say("detail.no_data");
  const std::string old = voice.Old(*reach.newest);
  const bool later = line.verdict == Verdict::kFailed && line.ended && *reach.newest > *line.ended;
  return later ? voice.Say("detail.later_backup", {{"data", old}}) : old;
}

/// How far back a restore would go at worst, over modules that did not succeed.
struct Recovery {
  int modules = 0;
  bool all_known = true;               ///< Each repository was read.
  const ModuleLine* oldest = nullptr;  ///< Of those with data.
  std::vector<ModuleId> empty;         ///< Certainly no data at all.
  int unknown = 0;                     ///< No data known.

  void Add(const ModuleLine& line) {
    const Reach reach = ReachOf(line);
    ++modules;
    all_known &= reach.read;
    if (reach.newest) {
      if (oldest == nullptr || *reach.newest < *ReachOf(*oldest).newest) oldest = &line;
    } else if (reach.read) {
      empty.push_back(line.module);
    } else {
      ++unknown;
    }
  }
};

std::string Furthest(const Voice& voice, const Recovery& recovery) {
  std::vector<std::string> told;
  if (!recovery.empty.empty()) {
    told.push_back(voice.Say("fact.recovery_point_none",
                             {{"module", ModuleIds(voice, recovery.empty, kModulesWithoutData)}}));
  }
  if (recovery.oldest != nullptr) {
    told.push_back(
        voice.Say(recovery.all_known ? "fact.recovery_point_value" : "fact.recovery_point_known",
                  {{"module", ModuleName(*recovery.oldest)},
                   {"data", voice.Old(*ReachOf(*recovery.oldest).newest)}}));
  }
  if (recovery.unknown > 0)
    told.push_back(voice.Count("fact.recovery_point_unknown", recovery.unknown));
  std::string joined;
  for (const std::string& part : told) joined += (joined.empty() ? "" : "; ") + part;
  return joined;
}

}  // namespace

std::vector<NamedValue> NewestDataOf(const Voice& voice, const ModuleLine& line) {
  const Reach reach = ReachOf(line);
  if (!reach.read && reach.newest == line.last_good) return {LastGood(voice, line)};
  std::vector<NamedValue> facts{
      {voice.Say(reach.read ? "detail.newest_data" : "detail.newest_data_known"),
       PostedReports(voice, line, reach)}};
  if (!line.last_good) return facts;
  const bool same = reach.newest && SameBackup(line, *reach.newest, *line.last_good);
  if (!same) facts.push_back(LastGood(voice, line));
  return facts;
}

std::optional<NamedValue> WorstRecoveryPoint(const Voice& voice, const RunSection& run) {
  Recovery recovery;
  for (const ModuleLine& line : run.modules) {
    const bool good = line.verdict == Verdict::kSucceeded && !SucceededWithoutSnapshot(run, line);
    if (line.verdict && !good) recovery.Add(line);
  }
  const bool any = recovery.oldest != nullptr || !recovery.empty.empty();
  if (run.open || recovery.modules < 2 || !any) return std::nullopt;
  return NamedValue{voice.Say("fact.recovery_point"), Furthest(voice, recovery)};
}

}  // namespace backup_monitor
