#include "report/facts/report_json.h"

#include "base/json/json_object.h"

namespace backup_monitor {
namespace {

std::string_view OriginName(RunOrigin origin) {
  switch (origin) {
    case RunOrigin::kRecords: return "records";
    case RunOrigin::kHistory: return "history";
    case RunOrigin::kAlert: return "alert";
    case RunOrigin::kNoStatus: return "no_status";
    case RunOrigin::kCompact: return "compact";
  }
  return "";
}

void WriteSnapshot(JsonObject& finding, JsonWriter& writer, std::string_view name,
                   const std::optional<Snapshot>& snapshot) {
  if (!snapshot) return;
  finding.Key(name);
  JsonObject object{writer};
  object.Moment("at", snapshot->at);
  object.Text("id", snapshot->id);
  object.Number("size_bytes", snapshot->size_bytes);
}

void WriteFinding(JsonWriter& writer, const Finding& finding) {
  JsonObject object{writer};
  object.Moment("probed_at", finding.probed_at);
  WriteSnapshot(object, writer, "newest_snapshot", finding.newest);
  WriteSnapshot(object, writer, "snapshot_of_run", finding.of_run);
  if (finding.cause) object.Text("cause", Name(*finding.cause));
  object.Text("words", finding.words);
  object.Truth("complete", finding.complete);
}

void WriteModule(JsonWriter& writer, const ModuleFacts& facts) {
  const ModuleLine& line = facts.line;
  JsonObject module{writer};
  module.Text("module", line.module.value());
  module.Text("ui_name", line.ui_name);
  if (line.node) module.Number("node", static_cast<std::int64_t>(line.node->value()));
  module.Text("node_name", line.node_name);
  if (line.verdict) module.Text("verdict", Name(*line.verdict));
  if (line.previous_verdict) module.Text("previous_verdict", Name(*line.previous_verdict));
  module.Truth("without_snapshot", facts.without_snapshot);
  module.Number("rank", static_cast<std::int64_t>(facts.rank));
  module.Truth("from_other_run", line.from_other_run);
  module.Moment("started", line.started);
  module.Moment("ended", line.ended);
  module.Number("error_count", static_cast<std::int64_t>(line.error_count));
  module.Text("error_text", line.error_text);
  if (line.error_cause) module.Text("error_cause", Name(*line.error_cause));
  module.Number("size_bytes", line.size_bytes);
  module.Number("file_count", line.file_count);
  module.Seconds("previous_duration_seconds", line.previous_duration);
  module.Number("previous_size_bytes", line.previous_size_bytes);
  module.Number("previous_file_count", line.previous_file_count);
  module.Moment("last_good", line.last_good);
  module.Text("last_good_plan", line.last_good_plan);
  module.Number("failures_in_row", static_cast<std::int64_t>(line.failures_in_row()));
  module.Number("fixed_after", static_cast<std::int64_t>(line.fixed_after()));
  module.Moment("newest_data", line.newest_data);
  if (line.finding) {
    module.Key("finding");
    WriteFinding(writer, *line.finding);
  }
}

void WriteGap(JsonWriter& writer, const Gap& gap) {
  JsonObject object{writer};
  object.Moment("from", gap.from);
  object.Moment("to", gap.to);
}

void WritePlanStatus(JsonWriter& writer, const CompactPlanStatus& status) {
  JsonObject object{writer};
  object.Moment("timestamp", status.timestamp);
  object.Truth("succeeded", status.succeeded);
  object.Number("error_count", static_cast<std::int64_t>(status.error_count));
  object.Text("error_text", status.error_text);
}

void WriteCausingAlert(JsonWriter& writer, const RunSection& run) {
  JsonObject object{writer};
  object.Moment("since", run.alert->since);
  object.Text("node", run.alert->node);
  object.Truth("unexplained", run.alert_unexplained);
}

void WriteRun(JsonWriter& writer, const RunFacts& facts) {
  const RunSection& run = facts.section;
  JsonObject object{writer};
  if (run.run != RunId{}) object.Number("run", static_cast<std::int64_t>(run.run));
  object.Text("plan", run.plan.value());
  object.Text("plan_name", run.plan_name);
  object.Text("destination_name", run.destination_name);
  object.Text("origin", OriginName(run.origin));
  object.Text("outcome", Name(run.outcome));
  object.Truth("open", run.open);
  object.Truth("being_checked", run.being_checked);
  object.Moment("begin", run.begin);
  object.Moment("end", run.end);
  object.Seconds("previous_duration_seconds", run.previous_duration);
  object.Number("failure_in_row", static_cast<std::int64_t>(run.failure_in_row()));
  object.Moment("failing_since", run.failing_since);
  object.Number("fixed_after", static_cast<std::int64_t>(run.fixed_after()));
  object.Array("left_plan", run.left_plan,
               [&writer](const ModuleId& module) { writer.Text(module.value()); });
  if (run.gap) {
    object.Key("gap");
    WriteGap(writer, *run.gap);
  }
  if (run.plan_status) {
    object.Key("plan_status");
    WritePlanStatus(writer, *run.plan_status);
  }
  if (run.alert) {
    object.Key("alert");
    WriteCausingAlert(writer, run);
  }
  object.Text("unprobed", Name(run.unprobed));
  object.Array("modules", facts.modules,
               [&writer](const ModuleFacts& module) { WriteModule(writer, module); });
}

void WriteAlert(JsonWriter& writer, const Alert& alert) {
  JsonObject object{writer};
  object.Moment("starts_at", alert.starts_at);
  object.Key("labels");
  JsonObject labels{writer};
  for (const auto& [name, value] : alert.labels) {
    writer.Text(name, value);
  }
}

void WriteAlertSummary(JsonWriter& writer, const AlertSummary& summary) {
  JsonObject object{writer};
  object.Moment("from", summary.from);
  object.Moment("to", summary.to);
  object.Number("alerts", summary.alerts);
  object.Array("names", summary.names, [&writer](const std::string& name) { writer.Text(name); });
}

void WriteWatch(JsonWriter& writer, const WatchSummary& watch) {
  JsonObject object{writer};
  object.Number("plans", static_cast<std::int64_t>(watch.plans));
  object.Number("modules", static_cast<std::int64_t>(watch.modules));
  object.Array("unprotected", watch.unprotected,
               [&writer](const ModuleId& module) { writer.Text(module.value()); });
  object.Truth("cluster_reachable", watch.cluster_reachable);
}

void WriteReport(JsonWriter& writer, const ReportFacts& facts) {
  const Report& report = facts.report;
  JsonObject object{writer};
  object.Text("kind", Name(report.kind));
  object.Moment("created_at", report.created_at);
  object.Text("cluster_name", report.cluster_name);
  // A report without runs has come to nothing, least of all to SUCCESS.
  const bool judged = !report.runs.empty() || report.kind == ReportKind::kNoStatus ||
                      report.kind == ReportKind::kUnknownPlan ||
                      report.kind == ReportKind::kAlertSummary;
  if (judged) object.Text("outcome", Name(report.worst()));
  object.Array("runs", facts.runs, [&writer](const RunFacts& run) { WriteRun(writer, run); });
  if (report.alert) {
    object.Key("alert");
    WriteAlert(writer, *report.alert);
  }
  if (report.alert_summary) {
    object.Key("alert_summary");
    WriteAlertSummary(writer, *report.alert_summary);
  }
  object.Array("complaints", report.complaints,
               [&writer](const std::string& complaint) { writer.Text(complaint); });
  object.Key("watch");
  WriteWatch(writer, report.watch);
  object.Array("undelivered", report.undelivered, [&writer](const WaitingSubject& subject) {
    JsonObject waiting{writer};
    waiting.Moment("created_at", subject.created_at);
    waiting.Text("subject", subject.subject);
  });
}

}  // namespace

std::string ReportJson(const ReportFacts& facts) {
  JsonWriter writer;
  WriteReport(writer, facts);
  return writer.Take();
}

}  // namespace backup_monitor
