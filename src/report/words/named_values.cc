#include "report/words/named_values.h"

#include <algorithm>

#include "report/words/episode_words.h"
#include "report/words/newest_data.h"
#include "text/fit_text.h"

namespace backup_monitor {
namespace {

void AddSince(const Voice& voice, const RunSection& run, std::vector<NamedValue>& facts) {
  if (run.failing_since && run.failure_in_row() > 1) {
    facts.push_back(
        {SinceLabel(voice, run.episode),
         voice.Say("fact.failing_since_value", {{"when", voice.WhenAndAge(*run.failing_since)},
                                                {"in_a_row", InARow(voice, run.episode)}})});
  }
  if (run.alert)
    facts.push_back({voice.Say("fact.alert_since"), voice.WhenAndAge(run.alert->since)});
  // Without a result the run begins with its alert; the compact layout knows no beginning.
  if (run.origin != RunOrigin::kCompact && (run.end || !run.alert)) {
    facts.push_back({voice.Say("fact.began"), voice.WhenAndAge(run.begin)});
  }
  if (run.end && !run.open) facts.push_back({voice.Say("fact.ended"), voice.When(*run.end)});
}

void AddDuration(const Voice& voice, const RunSection& run, std::vector<NamedValue>& facts) {
  if (run.open || !run.end || run.origin == RunOrigin::kCompact || *run.end < run.begin) return;
  std::string value = voice.Duration(*run.end - run.begin);
  if (run.previous_duration) {
    value = voice.Say("fact.took_and_before",
                      {{"now", value}, {"before", voice.Duration(*run.previous_duration)}});
  }
  facts.push_back({voice.Say("fact.took"), value});
}

void AddSize(const Voice& voice, const RunSection& run, std::vector<NamedValue>& facts) {
  SizeSum sum;
  for (const ModuleLine& line : run.modules) sum.Add(line);
  if (const std::string text = SizeText(voice, sum); !text.empty()) {
    facts.push_back({voice.Say("fact.size"), text});
  }
}

}  // namespace

void SizeSum::Add(const ModuleLine& line) {
  if (!line.size_bytes) return;
  now += *line.size_bytes;
  ++modules;
  if (!line.previous_size_bytes) return;
  comparable_now += *line.size_bytes;
  comparable_before += *line.previous_size_bytes;
  ++comparable;
}

std::string SizeText(const Voice& voice, const SizeSum& sum) {
  if (sum.modules == 0) return {};
  std::string text = voice.Size(sum.now);
  if (sum.comparable == 0) return text;
  text += ", " + voice.SizeChange(sum.comparable_before, sum.comparable_now);
  if (sum.comparable == sum.modules) return text;
  return text + " " + voice.Count("size.of_modules", sum.comparable);
}

std::vector<NamedValue> ValuesOf(const Voice& voice, const RunSection& run) {
  std::vector<NamedValue> facts;
  AddSince(voice, run, facts);
  AddDuration(voice, run, facts);
  AddSize(voice, run, facts);
  if (auto worst = WorstRecoveryPoint(voice, run)) facts.push_back(std::move(*worst));
  if (const std::string name = ShowForeign(run.destination_name); !name.empty()) {
    facts.push_back({voice.Say("fact.destination"), name});
  }
  return facts;
}

}  // namespace backup_monitor
