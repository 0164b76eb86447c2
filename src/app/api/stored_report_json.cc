#include "app/api/stored_report_json.h"

#include <string>
#include <vector>

namespace backup_monitor {
namespace {

void WriteTexts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts) {
  json.BeginList(name);
  for (const std::string& text : texts) json.Text(text);
  json.EndList();
}

}  // namespace

StoredReportJson::StoredReportJson(const StoredReport& stored) : stored_{stored} {
  const auto& modules = stored.run().modules;
  for (std::size_t i = 0; i < modules.size(); ++i) places_.emplace(modules[i].line.module, i);
}

const ModuleFacts* StoredReportJson::FactsOf(const ModuleId& module) const {
  const auto place = places_.find(module);
  return place == places_.end() ? nullptr : &stored_.run().modules.at(place->second);
}

std::optional<Verdict> StoredReportJson::VerdictOf(const ModuleId& module) const {
  const ModuleFacts* facts = FactsOf(module);
  return facts == nullptr ? std::nullopt : facts->line.verdict;
}

bool StoredReportJson::IsWithoutSnapshot(const ModuleId& module) const {
  const ModuleFacts* facts = FactsOf(module);
  return facts != nullptr && facts->without_snapshot;
}

Phrase StoredReportJson::phrase() const { return stored_.run().phrase; }

bool StoredReportJson::is_only_alerted() const { return stored_.run().only_alerted; }

void StoredReportJson::WriteModule(JsonWriter& json, const ModuleId& module) const {
  if (!stored_.words) return;
  static const ModuleLine kNothing;
  static const ModuleWords kNoWords;
  const auto place = places_.find(module);
  const bool counts = place != places_.end();
  const ModuleLine& line = counts ? stored_.run().modules.at(place->second).line : kNothing;
  const ModuleWords& words = counts ? stored_.words->modules.at(place->second) : kNoWords;
  json.Text("ui_name", line.ui_name);
  json.Text("node_name", line.node_name);
  WriteTexts(json, "says", words.says);
  json.Moment("last_good", line.last_good);
  json.Text("last_good_plan", line.last_good_plan);
  json.Moment("newest_data", line.newest_data);
  json.Number("failures_in_row", line.failures_in_row());
  json.Number("fixed_after", line.fixed_after());
  json.Count("previous_size_bytes", line.previous_size_bytes);
}

void StoredReportJson::WriteRun(JsonWriter& json) const {
  if (!stored_.words) return;
  json.Moment("as_of", stored_.as_of());
  json.Number("failure_in_row", stored_.section().failure_in_row());
  json.Number("fixed_after", stored_.section().fixed_after());
  json.BeginList("advice");
  for (const Advice& step : stored_.words->advice) {
    json.BeginObject();
    json.Text("text", step.text);
    WriteTexts(json, "commands", step.commands);
    json.Text("more", step.more);
    json.EndObject();
  }
  json.EndList();
  WriteTexts(json, "not_known", stored_.words->not_known);
}

}  // namespace backup_monitor
