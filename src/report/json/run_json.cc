#include "report/json/run_json.h"

#include "model/node_log.h"
#include "model/verdict.h"
#include "report/json/cluster_backup_json.h"
#include "report/json/module_json.h"

namespace backup_monitor::report::json {
namespace {

std::string_view OriginName(RunOrigin origin) {
  switch (origin) {
    case RunOrigin::kRecords: return "records";
    case RunOrigin::kHistory: return "history";
    case RunOrigin::kAlert: return "alert";
    case RunOrigin::kNoStatus: return "no_status";
    case RunOrigin::kCompact: return "compact";
    case RunOrigin::kSchedule: return "schedule";
  }
  return "records";
}

void WriteIdentity(JsonWriter& json, const RunSection& run) {
  if (run.run != RunId{}) json.Number("id", static_cast<std::int64_t>(run.run));
  else json.Null("id");
  json.BeginObject("plan");
  json.Text("id", run.plan.value());
  json.Text("name", run.plan_name);
  json.EndObject();
  json.BeginObject("destination");
  json.Text("id", run.destination_id);
  json.Text("name", run.destination_name);
  json.EndObject();
  json.Text("origin", OriginName(run.origin));
}

/// Nothing is called anything before it is over.
void WriteOutcome(JsonWriter& json, const RunFacts& facts) {
  const RunSection& run = facts.section;
  json.Text("state", RunStateName(run.open, facts.only_alerted, run.being_checked));
  if (facts.goes_on) {
    json.Null("outcome");
    json.Null("phrase");
  } else {
    json.Text("outcome", Name(run.outcome));
    json.Text("phrase", Name(facts.phrase));
  }
}

void WriteGap(JsonWriter& json, const std::optional<Gap>& gap) {
  if (!gap) return json.Null("gap");
  json.BeginObject("gap");
  json.Moment("from", gap->from);
  json.Moment("to", gap->to);
  json.Number("unknown_due", gap->unknown_due);
  json.EndObject();
}

void WriteDueCount(JsonWriter& json, std::string_view name, const std::optional<DueCount>& due) {
  if (!due) return json.Null(name);
  json.BeginObject(name);
  json.Number("count", due->count);
  json.Moment("first", due->first);
  json.Moment("last", due->last);
  json.EndObject();
}

void WriteSchedule(JsonWriter& json, const ScheduleLine& schedule) {
  json.BeginObject("schedule");
  json.Moment("due", schedule.due);
  json.Moment("answer_by", schedule.answer_by);
  WriteSeconds(json, "late_seconds", schedule.late);
  json.BeginList("silent_nodes");
  for (const SilentNode& node : schedule.silent) {
    json.BeginObject();
    json.Number("node", node.node.value());
    json.Text("name", node.name);
    json.Number("modules", node.modules);
    json.EndObject();
  }
  json.EndList();
  WriteDueCount(json, "missed", schedule.missed);
  WriteDueCount(json, "overlapped", schedule.overlapped);
  json.Moment("next_due", schedule.next);
  json.EndObject();
}

void WriteLog(JsonWriter& json, const std::vector<LogLine>& log) {
  json.BeginList("log");
  for (const LogLine& line : log) {
    json.BeginObject();
    json.Number("node", line.node.value());
    json.Text("node_name", line.node_name);
    json.Moment("read_at", line.log.read_at);
    if (line.log.trouble) json.Text("trouble", TroubleName(*line.log.trouble));
    else json.Null("trouble");
    json.Flag("complete", line.log.complete);
    const auto& pass = line.log.pass;
    if (pass) json.Text("end", Name(pass->end));
    else json.Null("end");
    json.Moment("began", pass ? std::optional{pass->began} : std::nullopt);
    json.Moment("ended", pass ? pass->ended : std::nullopt);
    json.EndObject();
  }
  json.EndList();
}

void WriteNodes(JsonWriter& json, const std::vector<PresenceLine>& nodes) {
  json.BeginList("nodes");
  for (const PresenceLine& line : nodes) {
    json.BeginObject();
    json.Number("node", line.node.value());
    json.Text("node_name", line.node_name);
    json.Moment("read_at", line.presence.read_at);
    if (line.presence.trouble) json.Text("trouble", TroubleName(*line.presence.trouble));
    else json.Null("trouble");
    json.BeginList("absences");
    for (const Absence& absence : line.presence.absences) {
      json.BeginObject();
      json.Moment("from", absence.from);
      json.Moment("until", absence.until);
      json.EndObject();
    }
    json.EndList();
    json.Moment("known_from", line.presence.known_from);
    json.Moment("booted", line.presence.booted);
    json.Flag("ended_backup", line.presence.ended_backup);
    json.EndObject();
  }
  json.EndList();
}

void WritePlanStatus(JsonWriter& json, const std::optional<CompactPlanStatus>& status) {
  if (!status) return json.Null("plan_status");
  json.BeginObject("plan_status");
  json.Moment("timestamp", status->timestamp);
  json.Flag("succeeded", status->succeeded);
  json.Number("errors", status->error_count);
  json.Text("error_text", status->error_text);
  json.EndObject();
}

void WriteCausingAlert(JsonWriter& json, const RunSection& run) {
  if (!run.alert) return json.Null("alert");
  json.BeginObject("alert");
  json.Moment("since", run.alert->since);
  json.Text("node", run.alert->node);
  json.Flag("unexplained", run.alert_unexplained);
  json.Flag("silenced", run.alert->silenced);
  json.EndObject();
}

void WriteEpisode(JsonWriter& json, const RunSection& run) {
  json.Number("failure_in_row", run.failure_in_row());
  json.Number("fixed_after", run.fixed_after());
  json.Moment("failing_since", run.failing_since);
  json.BeginList("left_plan");
  for (const ModuleId& module : run.left_plan) json.Text(module.value());
  json.EndList();
}

void WriteAdvice(JsonWriter& json, const words::Explanation& words) {
  json.BeginList("advice");
  for (const words::Advice& step : words.advice) {
    json.BeginObject();
    json.Text("text", step.text);
    WriteTexts(json, "commands", step.commands);
    json.Text("more", step.more);
    json.EndObject();
  }
  json.EndList();
  WriteTexts(json, "not_known", words.not_known);
}

}  // namespace

std::string_view RunStateName(bool open, bool only_alerted, bool being_checked) {
  if (open) return only_alerted ? "alerted" : "open";
  return being_checked ? "being_checked" : "ended";
}

void WriteRun(JsonWriter& json, const RunFacts& facts, Time as_of,
              const words::Explanation* words) {
  const RunSection& run = facts.section;
  WriteIdentity(json, run);
  WriteOutcome(json, facts);
  json.Moment("begin", run.begin);
  json.Moment("end", run.end);
  json.Moment("closed_at", run.closed_at);
  json.Moment("known_by", run.known_by);
  json.Moment("as_of", as_of);
  WriteSeconds(json, "previous_duration_seconds", run.previous_duration);
  json.BeginList("modules");
  for (std::size_t i = 0; i < facts.modules.size(); ++i) {
    WriteModule(json, facts.modules[i], words == nullptr ? nullptr : &words->modules.at(i));
  }
  json.EndList();
  WriteEpisode(json, run);
  WriteSchedule(json, run.schedule);
  WriteLog(json, run.log);
  WriteNodes(json, run.presence);
  WriteClusterBackup(json, run.cluster_backup);
  WriteGap(json, run.gap);
  WritePlanStatus(json, run.plan_status);
  WriteCausingAlert(json, run);
  if (run.unprobed == Unprobed::kNone) json.Null("unprobed");
  else json.Text("unprobed", Name(run.unprobed));
  if (words != nullptr) WriteAdvice(json, *words);
}

}  // namespace backup_monitor::report::json
