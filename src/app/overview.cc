#include "app/overview.h"

#include "announcement/report_builder.h"
#include "announcement/stored_report.h"
#include "app/api/history_json.h"
#include "app/recovery_json.h"
#include "app/status_json.h"
#include "base/json/json_writer.h"
#include "report/json/cluster_backup_json.h"
#include "report/json/contradictions_json.h"

namespace backup_monitor::app {
namespace {

/// How far back a restore of the plan's applications would go at worst.
struct Recovery {
  const ModuleLine* oldest = nullptr;  ///< Of those with data: the one whose newest data is oldest.
  int without_data = 0;                ///< None is there, or none is known.
};

Recovery RecoveryOf(const RunSection& section) {
  Recovery recovery;
  for (const ModuleLine& line : section.modules) {
    if (!line.verdict) continue;
    if (!line.newest_data) {
      ++recovery.without_data;
    } else if (recovery.oldest == nullptr || *line.newest_data < *recovery.oldest->newest_data) {
      recovery.oldest = &line;
    }
  }
  return recovery;
}

void WriteRecovery(JsonWriter& json, const Recovery& recovery) {
  const ModuleLine* oldest = recovery.oldest;
  json.Moment("newest_data", oldest != nullptr ? oldest->newest_data : std::nullopt);
  if (oldest != nullptr) json.Text("oldest_module", oldest->module.value());
  else json.Null("oldest_module");
  json.Number("without_data", recovery.without_data);
}

/// Null members where the plan has no run yet.
Result<void> WriteNewestRun(JsonWriter& json, const PlanId& plan, const WorkerStatus& status,
                            store::RunArchive& archive, Time now) {
  store::RunFilter filter;
  filter.plan = plan;
  filter.limit = 1;
  const auto heads = archive.List(filter);
  if (!heads) return Fail(heads.error());
  if (heads->empty()) {
    json.Null("run");
    WriteRecovery(json, {});
    json.Number("failures_in_row", 0);
    return {};
  }
  const auto run = archive.Read(heads->front().id);
  if (!run) return Fail(run.error());
  const auto stored =
      announcement::ReportOnStored(*run, std::nullopt, archive, status.view.get(), now);
  if (!stored) return Fail(stored.error());
  json.Key("run");
  api::WriteRunHead(json, heads->front());
  WriteRecovery(json, RecoveryOf(stored->section()));
  json.Number("failures_in_row", stored->section().failure_in_row());
  return {};
}

Result<void> WriteDeliveries(JsonWriter& json, store::RunArchive& archive) {
  const auto health = archive.HealthOfDelivery();
  if (!health) {
    json.Null("deliveries");
    return Fail(health.error());
  }
  const auto& failure = health->last_failure;
  json.BeginObject("deliveries");
  json.Moment("last_delivered", health->last_delivered);
  json.Moment("last_failure", failure ? std::optional{failure->at} : std::nullopt);
  json.Text("last_error", failure ? failure->detail : "");
  json.EndObject();
  return {};
}

/// Null where the plan is disabled: then nothing is expected of it.
void WriteState(JsonWriter& json, const PlanId& plan, const WorkerStatus& status) {
  const auto known = status.plans.find(plan);
  const bool expected = known != status.plans.end();
  const PlanStatus its = expected ? known->second : PlanStatus{};
  if (expected) json.Text("state", Name(its.state));
  else json.Null("state");
  json.Moment("due", its.due);
  json.Moment("next_due", its.next);
  json.Text("never_due", its.never_due);
}

void WriteMonthsLeftOut(JsonWriter& json, const PlanId& plan, const ClusterView& view) {
  const auto timing = view.timings.find(plan);
  json.BeginList("months_left_out");
  if (timing != view.timings.end()) {
    for (const int month : timing->second.months_left_out) json.Number(month);
  }
  json.EndList();
}

/// Applications on the node on which the destination of the plan lies.
void WriteSameNode(JsonWriter& json, const Plan& plan, const ClusterView& view) {
  json.BeginList("same_node");
  for (const SameDiskLine& line : announcement::BuildSameDisk(view, plan.id)) {
    for (const ModuleId& module : line.modules) json.Text(module.value());
  }
  json.EndList();
}

/// Null before the first look. \return the last error of those that kept a plan's past from being read
Result<void> WritePlans(JsonWriter& json, const WorkerStatus& status, store::RunArchive& archive,
                        Time now) {
  Result<void> all;
  if (!status.view) {
    json.Null("plans");
    return all;
  }
  json.BeginList("plans");
  for (const auto& [id, plan] : status.view->plans) {
    json.BeginObject();
    json.Text("id", id.value());
    json.Text("name", plan.name);
    json.Flag("enabled", plan.enabled);
    json.Number("modules", static_cast<std::int64_t>(plan.expected.size()));
    WriteState(json, id, status);
    WriteMonthsLeftOut(json, id, *status.view);
    WriteSameNode(json, plan, *status.view);
    const auto backup = status.cluster_backups.find(id);
    report::json::WriteClusterBackup(json, backup == status.cluster_backups.end()
                                               ? std::nullopt
                                               : std::optional{backup->second});
    if (auto written = WriteNewestRun(json, id, status, archive, now); !written) all = written;
    json.EndObject();
  }
  json.EndList();
  return all;
}

}  // namespace

std::string OverviewJson(const WorkerStatus& status, const Result<notify::OutboxCounts>& outbox,
                         bool mail_held, store::RunArchive& archive, Time now) {
  JsonWriter json;
  json.BeginObject();
  WriteStatus(json, status, outbox, mail_held);
  Result<void> read = WriteDeliveries(json, archive);
  if (auto written = WritePlans(json, status, archive, now); !written) read = written;
  WriteRecoveryPoints(json, status);
  report::json::WriteContradictions(json, status.contradictions);
  json.Text("history_error", read ? "" : read.error().message);
  json.EndObject();
  return json.Written();
}

}  // namespace backup_monitor::app
