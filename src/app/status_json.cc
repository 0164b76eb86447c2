#include "app/status_json.h"

#include "app/linked_libraries.h"
#include "app/version.h"
#include "base/bounds.h"
#include "model/node_log.h"
#include "report/json/coverage_json.h"

namespace backup_monitor::app {
namespace {

/// Null before the first look: nobody knows yet.
void WriteWatch(JsonWriter& json, const WorkerStatus& status) {
  if (!status.last_look) {
    for (const char* name : {"plans", "modules", "unprotected", "unprotected_since", "exempt"})
      json.Null(name);
    return;
  }
  json.Number("plans", status.watch.plans);
  json.Number("modules", status.watch.modules);
  json.BeginList("unprotected");
  for (const ModuleId& module : status.watch.unprotected) json.Text(module.value());
  json.EndList();
  report::json::WriteCoverage(json, status.watch);
}

void WriteWitnesses(JsonWriter& json, const std::vector<WitnessState>& witnesses) {
  json.BeginList("witnesses");
  for (const WitnessState& witness : witnesses) {
    json.BeginObject();
    json.Text("name", witness.name);
    json.Flag("asked", witness.asked);
    json.Moment("answered_at", witness.answered_at);
    json.Moment("failed_at", witness.failed_at);
    if (witness.trouble) json.Text("trouble", TroubleName(*witness.trouble));
    else json.Null("trouble");
    json.EndObject();
  }
  json.EndList();
}

void WriteBounds(JsonWriter& json) {
  json.BeginList("bounds");
  for (const ReachedBound& bound : ReachedBounds()) {
    json.BeginObject();
    json.Text("name", bound.name);
    json.Number("reached", static_cast<std::int64_t>(bound.times));
    json.Moment("last", bound.last);
    json.Text("text", bound.sentence);
    json.EndObject();
  }
  json.EndList();
}

void WriteLibraries(JsonWriter& json) {
  json.BeginList("libraries");
  for (const LinkedLibrary& library : LinkedLibraries()) {
    json.BeginObject();
    json.Text("name", library.name);
    json.Text("version", library.version);
    json.Text("package", library.package);
    json.EndObject();
  }
  json.EndList();
}

}  // namespace

void WriteStatus(JsonWriter& json, const WorkerStatus& status,
                 const Result<notify::OutboxCounts>& outbox, bool mail_held) {
  json.Text("version", kVersion);
  json.BeginObject("cluster");
  json.Flag("reachable", status.cluster_reachable);
  json.Text("error", status.cluster_error);
  json.Moment("last_look", status.last_look);
  WriteWatch(json, status);
  json.BeginList("complaints");
  for (const std::string& complaint : status.complaints) json.Text(complaint);
  json.EndList();
  json.EndObject();
  json.BeginObject("triggers");
  json.Moment("last_alert", status.last_alert);
  json.Moment("last_event", status.last_event);
  json.EndObject();
  json.BeginObject("probes");
  json.Number("reports_held", status.reports_postponed);
  json.EndObject();
  WriteWitnesses(json, status.witnesses);
  json.BeginObject("store");
  json.Text("error", status.store_error);
  json.EndObject();
  json.BeginObject("mail");
  json.Flag("held", mail_held);
  if (outbox) {
    json.Number("waiting", outbox->waiting);
    json.Number("failed", outbox->failed);
    json.Number("refused", outbox->refused);
    json.Text("refusal", outbox->refusal);
  } else {
    json.Text("error", outbox.error().message);
  }
  json.EndObject();
}

std::string StatusJson(const WorkerStatus& status, const Result<notify::OutboxCounts>& outbox,
                       bool mail_held) {
  JsonWriter json;
  json.BeginObject();
  WriteStatus(json, status, outbox, mail_held);
  WriteBounds(json);
  WriteLibraries(json);
  json.EndObject();
  return json.Written();
}

}  // namespace backup_monitor::app
