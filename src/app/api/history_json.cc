#include "app/api/history_json.h"

#include "model/verdict.h"
#include "report/json/run_json.h"

namespace backup_monitor::app::api {
namespace {

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

}  // namespace

void WriteRunHead(JsonWriter& json, const store::RunHead& head) {
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
  json.Text("state",
            report::json::RunStateName(!head.closed_at, head.only_alerted, head.being_checked));
  json.Number("errors_so_far", head.errors_so_far);
  json.EndObject();
}

void WriteResult(JsonWriter& json, const store::ModuleResult& result) {
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

}  // namespace backup_monitor::app::api
