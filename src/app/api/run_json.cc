#include "app/api/run_json.h"

#include "model/verdict.h"

namespace backup_monitor {
namespace {

std::string_view Name(RunOrigin origin) {
  switch (origin) {
    case RunOrigin::kRecords: return "records";
    case RunOrigin::kHistory: return "history";
    case RunOrigin::kAlert: return "alert";
    case RunOrigin::kNoStatus: return "no_status";
    case RunOrigin::kCompact: return "compact";
  }
  return "records";
}

void WriteOutcome(JsonWriter& json, const std::optional<Outcome>& outcome) {
  if (outcome) json.Text("outcome", Name(*outcome));
  else json.Null("outcome");
}

void WritePhrase(JsonWriter& json, const std::optional<Phrase>& phrase) {
  if (phrase) json.Text("phrase", Name(*phrase));
  else json.Null("phrase");
}

void WritePlan(JsonWriter& json, const PlanId& plan, const std::string& name) {
  json.BeginObject("plan");
  json.Text("id", plan.value());
  json.Text("name", name);
  json.EndObject();
}

void WriteSnapshot(JsonWriter& json, std::string_view name,
                   const std::optional<Snapshot>& snapshot) {
  if (!snapshot) return json.Null(name);
  json.BeginObject(name);
  json.Moment("at", snapshot->at);
  json.Text("id", snapshot->id);
  json.Count("size_bytes", snapshot->size_bytes);
  json.EndObject();
}

void WriteFinding(JsonWriter& json, const std::optional<Finding>& finding) {
  if (!finding) return json.Null("finding");
  json.BeginObject("finding");
  json.Moment("probed_at", finding->probed_at);
  WriteSnapshot(json, "newest_snapshot", finding->newest);
  WriteSnapshot(json, "snapshot_of_run", finding->of_run);
  if (finding->cause) json.Text("cause", Name(*finding->cause));
  else json.Null("cause");
  json.Text("words", finding->words);
  json.Flag("complete", finding->complete);
  json.EndObject();
}

void WriteRecord(JsonWriter& json, const SeenRecord& seen) {
  const StatusRecord& record = seen.record;
  json.BeginObject("record");
  json.Moment("started", seen.started);
  json.Moment("ended", seen.ended);
  json.Number("errors", record.error_count);
  json.Text("error_text", record.error_text);
  // After an error NS8 repeats the sizes of the snapshot before.
  json.Count("size_bytes", record.succeeded() ? record.restore_bytes : std::nullopt);
  json.Count("file_count", record.succeeded() ? record.file_count : std::nullopt);
  json.EndObject();
}

std::string_view StateOf(bool open, bool only_alerted, bool being_checked) {
  if (open) return only_alerted ? "alerted" : "open";
  return being_checked ? "being_checked" : "ended";
}

void WriteModule(JsonWriter& json, const Run& run, const ModuleId& id,
                 const StoredReportJson& stored) {
  const RunModule& module = run.modules.at(id);
  // Before a run is judged, its records say what is known so far.
  const auto verdict = module.verdict ? module.verdict : stored.VerdictOf(id);
  json.BeginObject();
  json.Text("module", id.value());
  if (module.node) json.Number("node", module.node->value());
  else json.Null("node");
  if (verdict) json.Text("verdict", Name(*verdict));
  else json.Null("verdict");
  json.Flag("without_snapshot", stored.IsWithoutSnapshot(id));
  json.Number("rank", static_cast<std::int64_t>(RankOf(verdict, stored.IsWithoutSnapshot(id))));
  json.Flag("counts", module.counts());
  json.Flag("expected", module.expected);
  json.Flag("left_plan", module.left);
  json.Flag("from_other_run", !module.record && module.borrowed);
  const SeenRecord* shown = module.shown();
  if (shown != nullptr) WriteRecord(json, *shown);
  else json.Null("record");
  WriteFinding(json, shown != nullptr ? shown->finding : std::nullopt);
  stored.WriteModule(json, id);
  json.EndObject();
}

}  // namespace

void WriteRunHead(JsonWriter& json, const RunHead& head) {
  json.BeginObject();
  json.Number("id", static_cast<std::int64_t>(head.id));
  WritePlan(json, head.plan, head.plan_name);
  json.Moment("begin", head.begin);
  json.Moment("end", head.end);
  json.Moment("closed_at", head.closed_at);
  WriteOutcome(json, head.outcome);
  WritePhrase(json, head.phrase());
  json.Number("modules", head.modules);
  json.Number("succeeded", head.succeeded);
  json.Number("without_snapshot", head.without_snapshot);
  json.Text("state", StateOf(!head.closed_at, head.only_alerted, head.being_checked));
  json.Number("errors_so_far", head.errors_so_far);
  json.EndObject();
}

void WriteResult(JsonWriter& json, const ModuleResult& result) {
  json.BeginObject();
  json.Number("run", static_cast<std::int64_t>(result.run));
  json.Text("module", result.module.value());
  if (result.node) json.Number("node", result.node->value());
  else json.Null("node");
  if (result.verdict) json.Text("verdict", Name(*result.verdict));
  else json.Null("verdict");
  json.Flag("without_snapshot", result.without_snapshot);
  json.Number("rank", static_cast<std::int64_t>(RankOf(result.verdict, result.without_snapshot)));
  json.Count("size_bytes", result.size_bytes);
  if (result.took) json.Number("seconds", result.took->count());
  else json.Null("seconds");
  json.EndObject();
}

void WriteRun(JsonWriter& json, const Run& run, const StoredReportJson& stored) {
  json.Number("id", static_cast<std::int64_t>(run.id));
  WritePlan(json, run.plan, run.plan_name);
  json.BeginObject("destination");
  json.Text("id", run.destination_id);
  json.Text("name", run.destination_name);
  json.EndObject();
  json.Text("origin", Name(run.origin));
  json.Flag("open", run.open());
  json.Text("state", StateOf(run.open(), stored.is_only_alerted(), stored.is_being_checked()));
  WriteOutcome(json, run.outcome);
  WritePhrase(json, run.outcome ? std::optional{stored.phrase()} : std::nullopt);
  json.Moment("begin", run.begin);
  json.Moment("end", run.last_end());
  json.Moment("opened_at", run.opened_at);
  json.Moment("closed_at", run.closed_at);
  json.BeginList("modules");
  for (const auto& [id, module] : run.modules) WriteModule(json, run, id, stored);
  json.EndList();
  stored.WriteRun(json);
}

}  // namespace backup_monitor
