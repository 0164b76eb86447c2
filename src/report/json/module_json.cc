#include "report/json/module_json.h"

#include "model/verdict.h"

namespace backup_monitor::report::json {
namespace {

void WriteSnapshot(JsonWriter& json, std::string_view name,
                   const std::optional<Snapshot>& snapshot) {
  if (!snapshot) return json.Null(name);
  json.BeginObject(name);
  json.Moment("at", snapshot->at);
  json.Text("id", snapshot->id);
  json.Count("size_bytes", snapshot->size_bytes);
  json.EndObject();
}

void WriteCause(JsonWriter& json, std::string_view name, const std::optional<ProbeCause>& cause) {
  if (cause) json.Text(name, Name(*cause));
  else json.Null(name);
}

void WriteFinding(JsonWriter& json, const std::optional<Finding>& finding) {
  if (!finding) return json.Null("finding");
  json.BeginObject("finding");
  json.Moment("probed_at", finding->probed_at);
  WriteSnapshot(json, "newest_snapshot", finding->newest);
  WriteSnapshot(json, "snapshot_of_run", finding->of_run);
  WriteCause(json, "cause", finding->cause);
  json.Text("words", finding->words);
  json.Flag("complete", finding->complete);
  json.EndObject();
}

/// What NS8 stored of this backup.
void WriteRecord(JsonWriter& json, const ModuleLine& line) {
  if (!line.started || !line.ended) return json.Null("record");
  json.BeginObject("record");
  json.Moment("started", line.started);
  json.Moment("ended", line.ended);
  json.Number("errors", line.error_count);
  json.Text("error_text", line.error_text);
  WriteCause(json, "error_cause", line.error_cause);
  json.Count("size_bytes", line.size_bytes);
  json.Count("file_count", line.file_count);
  json.EndObject();
}

void WriteStep(JsonWriter& json, const FailedStep& step) {
  json.BeginObject();
  json.Text("step", Name(step.step));
  json.Moment("at", step.at);
  if (step.status) json.Number("status", *step.status);
  else json.Null("status");
  json.Text("words", step.words);
  WriteTexts(json, "unread", step.unread);
  json.EndObject();
}

void WriteBusyWith(JsonWriter& json, const LoggedModule& logged) {
  if (!logged.silence->busy_with) return json.Null("busy_with");
  json.BeginObject("busy_with");
  json.Text("id", logged.silence->busy_with->value());
  json.Text("name", logged.busy_plan_name);
  json.EndObject();
}

void WriteLogged(JsonWriter& json, const std::optional<LoggedModule>& logged) {
  if (!logged) return json.Null("log");
  json.BeginObject("log");
  json.Flag("through_agent", logged->through_agent);
  json.BeginList("failed_steps");
  for (const FailedStep& step : logged->failed) WriteStep(json, step);
  json.EndList();
  WriteCause(json, "cause", logged->cause);
  if (const auto& silence = logged->silence) {
    json.BeginObject("silence");
    json.Text("why", Name(silence->why));
    json.Moment("at", silence->at);
    json.Flag("was_begun", silence->was_begun);
    json.Flag("completed", silence->completed);
    WriteBusyWith(json, *logged);
    json.EndObject();
  } else {
    json.Null("silence");
  }
  json.EndObject();
}

void WriteVerdict(JsonWriter& json, std::string_view name, const std::optional<Verdict>& verdict) {
  if (verdict) json.Text(name, Name(*verdict));
  else json.Null(name);
}

void WritePast(JsonWriter& json, const ModuleLine& line) {
  WriteSeconds(json, "previous_duration_seconds", line.previous_duration);
  json.Count("previous_size_bytes", line.previous_size_bytes);
  json.Count("previous_file_count", line.previous_file_count);
  json.Moment("last_good", line.last_good);
  json.Text("last_good_plan", line.last_good_plan);
  json.Moment("newest_data", line.newest_data);
  WriteSeconds(json, "target_seconds", line.target);
  json.Number("failures_in_row", line.failures_in_row());
  json.Number("fixed_after", line.fixed_after());
}

}  // namespace

void WriteSeconds(JsonWriter& json, std::string_view name, const std::optional<seconds>& value) {
  if (value) json.Number(name, value->count());
  else json.Null(name);
}

void WriteNode(JsonWriter& json, const std::optional<NodeId>& node, const std::string& name) {
  if (node) json.Number("node", node->value());
  else json.Null("node");
  json.Text("node_name", name);
}

void WriteTexts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts) {
  json.BeginList(name);
  for (const std::string& text : texts) json.Text(text);
  json.EndList();
}

void WriteModule(JsonWriter& json, const ModuleFacts& facts, const words::ModuleWords* words) {
  const ModuleLine& line = facts.line;
  json.BeginObject();
  json.Text("module", line.module.value());
  json.Text("ui_name", line.ui_name);
  WriteNode(json, line.node, line.node_name);
  WriteVerdict(json, "verdict", line.verdict);
  WriteVerdict(json, "previous_verdict", line.previous_verdict);
  json.Flag("without_snapshot", facts.without_snapshot);
  json.Flag("fallen", facts.fallen);
  json.Flag("over_target", facts.over_target);
  json.Number("rank", static_cast<std::int64_t>(facts.rank));
  json.Flag("from_other_run", line.from_other_run);
  WriteRecord(json, line);
  WriteFinding(json, line.finding);
  WriteLogged(json, line.logged);
  WritePast(json, line);
  if (words != nullptr) WriteTexts(json, "says", words->says);
  json.EndObject();
}

}  // namespace backup_monitor::report::json
