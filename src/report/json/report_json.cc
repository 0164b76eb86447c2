#include "report/json/report_json.h"

#include "base/json/json_writer.h"
#include "report/json/contradictions_json.h"
#include "report/json/coverage_json.h"
#include "report/json/module_json.h"
#include "report/json/run_json.h"

namespace backup_monitor::report::json {
namespace {

void WriteAlert(JsonWriter& json, const std::optional<Alert>& alert) {
  if (!alert) return json.Null("alert");
  json.BeginObject("alert");
  json.Moment("starts_at", alert->starts_at);
  json.BeginObject("labels");
  for (const auto& [name, value] : alert->labels) json.Text(name, value);
  json.EndObject();
  json.Flag("silenced", alert->silenced);
  json.EndObject();
}

void WriteAlertSummary(JsonWriter& json, const std::optional<AlertSummary>& summary) {
  if (!summary) return json.Null("alert_summary");
  json.BeginObject("alert_summary");
  json.Moment("from", summary->from);
  json.Moment("to", summary->to);
  json.Number("alerts", summary->alerts);
  WriteTexts(json, "names", summary->names);
  json.EndObject();
}

void WritePlans(JsonWriter& json, const std::vector<PlanLine>& plans) {
  json.BeginList("plans");
  for (const PlanLine& plan : plans) {
    json.BeginObject();
    json.BeginObject("plan");
    json.Text("id", plan.plan.value());
    json.Text("name", plan.name);
    json.EndObject();
    json.Text("state", Name(plan.now.state));
    json.Moment("due", plan.now.due);
    json.Moment("next_due", plan.now.next);
    json.Text("never_due", plan.now.never_due);
    json.EndObject();
  }
  json.EndList();
}

void WriteRecovery(JsonWriter& json, const std::vector<RecoveryLine>& lines) {
  json.BeginList("recovery");
  for (const RecoveryLine& line : lines) {
    json.BeginObject();
    json.Text("module", line.module.value());
    json.Text("ui_name", line.ui_name);
    WriteNode(json, line.node, line.node_name);
    json.Flag("over", line.over);
    json.Moment("newest_data", line.newest);
    json.Number("target_seconds", line.target.count());
    json.EndObject();
  }
  json.EndList();
}

void WriteWatch(JsonWriter& json, const WatchSummary& watch) {
  json.BeginObject("watch");
  json.Number("plans", watch.plans);
  json.Number("modules", watch.modules);
  json.BeginList("unprotected");
  for (const ModuleId& module : watch.unprotected) json.Text(module.value());
  json.EndList();
  WriteCoverage(json, watch);
  json.Flag("cluster_reachable", watch.cluster_reachable);
  json.EndObject();
}

void WriteUndelivered(JsonWriter& json, const std::vector<WaitingSubject>& undelivered) {
  json.BeginList("undelivered");
  for (const WaitingSubject& waiting : undelivered) {
    json.BeginObject();
    json.Moment("created_at", waiting.created_at);
    json.Text("subject", waiting.subject);
    json.EndObject();
  }
  json.EndList();
}

/// A report without runs has come to nothing, least of all to SUCCESS.
void WriteOutcome(JsonWriter& json, const ReportFacts& facts) {
  const Report& report = facts.report;
  const bool judged =
      !report.runs.empty() || report.kind == ReportKind::kNoStatus ||
      report.kind == ReportKind::kUnknownPlan || report.kind == ReportKind::kAlertSummary ||
      report.kind == ReportKind::kNeverDue || report.kind == ReportKind::kUnprotected ||
      report.kind == ReportKind::kRecoveryPoint;
  if (judged) {
    json.Text("outcome", Name(report.worst()));
    json.Text("phrase", Name(facts.phrase));
  } else {
    json.Null("outcome");
    json.Null("phrase");
  }
}

}  // namespace

std::string ReportJson(const ReportFacts& facts) {
  const Report& report = facts.report;
  JsonWriter json;
  json.BeginObject();
  json.Number("version", kReportJsonVersion);
  json.Text("kind", Name(report.kind));
  json.Moment("created_at", report.created_at);
  json.Text("cluster_name", report.cluster_name);
  WriteOutcome(json, facts);
  json.BeginList("runs");
  for (const RunFacts& run : facts.runs) {
    json.BeginObject();
    WriteRun(json, run, report.created_at, nullptr);
    json.EndObject();
  }
  json.EndList();
  WritePlans(json, report.plans);
  WriteRecovery(json, report.recovery);
  WriteAlert(json, report.alert);
  WriteAlertSummary(json, report.alert_summary);
  WriteContradictions(json, report.contradictions);
  WriteTexts(json, "complaints", report.complaints);
  WriteWatch(json, report.watch);
  WriteUndelivered(json, report.undelivered);
  json.EndObject();
  return json.Written();
}

}  // namespace backup_monitor::report::json
