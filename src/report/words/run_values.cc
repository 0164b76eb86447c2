#include "report/words/run_values.h"

#include "report/words/episode_words.h"
#include "report/words/names.h"
#include "text/fit_text.h"

namespace backup_monitor::report::words {
namespace {

constexpr std::size_t kModulesWithoutData = 5;

void AddSince(const Voice& voice, const RunSection& run, std::vector<NamedValue>& values) {
  if (run.failing_since && run.failure_in_row() > 1) {
    values.push_back(
        {SinceLabel(voice, run.episode),
         voice.Say("fact.failing_since_value", {{"when", voice.WhenAndAge(*run.failing_since)},
                                                {"in_a_row", InARow(voice, run.episode)}})});
  }
  if (run.alert)
    values.push_back({voice.Say("fact.alert_since"), voice.WhenAndAge(run.alert->since)});
  // Without a result the run begins with its alert; the compact layout knows no beginning.
  const bool missed = run.outcome == Outcome::kMissed;
  if (run.schedule.due && (missed || run.schedule.late))
    values.push_back({voice.Say("fact.due"), voice.WhenAndAge(*run.schedule.due)});
  if (run.origin != RunOrigin::kCompact && !missed && (run.end || !run.alert)) {
    values.push_back({voice.Say("fact.began"), voice.WhenAndAge(run.begin)});
  }
  if (run.end && !run.open) values.push_back({voice.Say("fact.ended"), voice.When(*run.end)});
}

void AddDuration(const Voice& voice, const RunFacts& run, std::vector<NamedValue>& values) {
  if (!run.took) return;
  std::string value = voice.Duration(*run.took);
  if (const auto before = run.section.previous_duration) {
    value =
        voice.Say("fact.took_and_before", {{"now", value}, {"before", voice.Duration(*before)}});
  }
  values.push_back({voice.Say("fact.took"), value});
}

std::string Furthest(const Voice& voice, const OldestData& recovery) {
  std::vector<std::string> parts;
  if (!recovery.empty.empty()) {
    parts.push_back(voice.Say("fact.recovery_point_none",
                              {{"module", ModuleIds(voice, recovery.empty, kModulesWithoutData)}}));
  }
  if (recovery.oldest != nullptr) {
    parts.push_back(voice.Say(
        recovery.all_known ? "fact.recovery_point_value" : "fact.recovery_point_known",
        {{"module", ModuleName(*recovery.oldest)}, {"data", voice.Old(recovery.oldest_at)}}));
  }
  if (recovery.unknown > 0)
    parts.push_back(voice.Count("fact.recovery_point_unknown", recovery.unknown));
  std::string joined;
  for (const std::string& part : parts) joined += (joined.empty() ? "" : "; ") + part;
  return joined;
}

}  // namespace

std::string SizeText(const Voice& voice, const SizeSum& sum) {
  if (sum.modules == 0) return {};
  std::string text = voice.Size(sum.now);
  if (sum.comparable == 0) return text;
  text += ", " + voice.SizeChange(sum.comparable_before, sum.comparable_now);
  if (sum.comparable == sum.modules) return text;
  return text + " " + voice.Count("size.of_modules", sum.comparable);
}

std::optional<NamedValue> WorstRecoveryPoint(const Voice& voice, const RunFacts& run) {
  if (!run.recovery) return std::nullopt;
  return NamedValue{voice.Say("fact.recovery_point"), Furthest(voice, *run.recovery)};
}

std::vector<NamedValue> ValuesOf(const Voice& voice, const RunFacts& run) {
  std::vector<NamedValue> values;
  AddSince(voice, run.section, values);
  AddDuration(voice, run, values);
  if (const std::string text = SizeText(voice, run.size); !text.empty()) {
    values.push_back({voice.Say("fact.size"), text});
  }
  if (auto worst = WorstRecoveryPoint(voice, run)) values.push_back(std::move(*worst));
  if (const std::string name = ShowForeign(run.section.destination_name); !name.empty()) {
    values.push_back({voice.Say("fact.destination"), name});
  }
  if (const auto& known = run.section.cluster_backup; known && known->backup.uploaded) {
    values.push_back(
        {voice.Say("fact.cluster_backup"),
         voice.Say(known->is_certain() ? "fact.cluster_backup_value" : "fact.cluster_backup_known",
                   {{"when", voice.WhenAndAge(*known->backup.uploaded)}})});
  }
  return values;
}

}  // namespace backup_monitor::report::words
