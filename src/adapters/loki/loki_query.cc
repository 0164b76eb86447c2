#include "adapters/loki/loki_query.h"

#include <algorithm>
#include <string_view>

#include "text/ascii.h"
#include "text/percent_encoded.h"

namespace backup_monitor::loki {
namespace {

// In a line, the JSON of an entry's fields, these stand as the collector writes them: without blanks.

/// What the plan's unit writes, what systemd says of it, and a start of the node.
std::string OfTimer(const PlanId& plan) {
  return R"x("(_SYSTEMD_UNIT|UNIT)":"backup)x" + plan.value() +
         R"x(\.service"|"MESSAGE":"Linux version )x";
}
/// The agent's unit holds what every action writes. Of that, the sentences of run-backup and what restic says as root.
constexpr std::string_view kOfAgent = R"("_SYSTEMD_UNIT":"agent@node\.service")";
constexpr std::string_view kRunBackupWords =
    R"("MESSAGE":"[^"]{0,100}(: starting backup |: backup |: already running|: still running|: gave up |)"
    R"(\[ERROR\] |Waiting |Cannot store backup|Backup |Cluster backup|No local modules|)"
    R"(Fatal: |error: |unable to create lock))";
/// Of all plans' units, what run-backup says of the upload of the cluster's own backup.
constexpr std::string_view kOfTimers = R"x("_SYSTEMD_UNIT":"backup[0-9]+\.service")x";
constexpr std::string_view kUploadWords =
    R"("MESSAGE":"[^"]{0,4}(Cluster backup uploaded as |\[ERROR\] cluster-backup failed: |)"
    R"(\[ERROR\] upload of cluster backup GPG file failed: ))";
/// What module-backup says, and restic in it.
constexpr std::string_view kOfModule =
    R"("MESSAGE":"(\[ERROR\] |Fatal: |error: |unable to create lock|Repository is present|)"
    R"(Initializing repository|Another module-backup|\{.*message_type))";

/// What run-backup says of the module, whatever plan it is for, and what says that an execution is over.
std::string OfTurns(const ModuleId& module) {
  std::string filters{R"("_SYSTEMD_UNIT":"(backup[0-9]+|agent@node)\.service"|)"
                      R"("UNIT":"backup[0-9]+\.service"|"MESSAGE":"Linux version )"
                      R"(` |~ `"UNIT":"backup[0-9]+\.service"|"MESSAGE":"(Linux version |)"};
  filters += module.value();
  filters += R"(: (starting backup |backup |already running|still running|gave up )))";
  return filters;
}

std::string Nanoseconds(journal::EntryTime at) {
  return std::to_string(at.time_since_epoch().count());
}

/// The streams of a node and the filters of their lines.
Result<std::string> QueryOf(const journal::Wanted& wanted) {
  using Of = journal::Wanted::Of;
  const auto query = [&](std::string_view module, const std::string& filters) {
    return "{node_id=\"" + std::to_string(wanted.node.value()) + "\",module_id=\"" +
           std::string{module} + "\"} |~ `" + filters + "`";
  };
  switch (wanted.of) {
    case Of::kTimer: {
      const std::string& plan = wanted.plan.value();
      if (plan.empty() || !std::ranges::all_of(plan, IsDigit)) break;
      return query("", OfTimer(wanted.plan));
    }
    case Of::kAgent:
      return query("", std::string{kOfAgent} + "` |~ `" + std::string{kRunBackupWords});
    case Of::kUploads:
      return query("", std::string{kOfTimers} + "` |~ `" + std::string{kUploadWords});
    case Of::kModule:
      if (!IsModuleId(wanted.module.value())) break;
      return query(wanted.module.value(), std::string{kOfModule});
    case Of::kModuleTurns:
      if (!IsModuleId(wanted.module.value())) break;
      return query("", OfTurns(wanted.module));
  }
  return Fail(ErrorCode::kInvalidInput,
              "the id of the " + std::string{wanted.of == Of::kTimer ? "plan" : "module"} +
                  " cannot stand in a query of the log");
}

std::string PathOf(std::string_view direction, std::size_t most, journal::EntryTime from,
                   journal::EntryTime to, std::string_view query) {
  return "/loki/api/v1/query_range?direction=" + std::string{direction} +
         "&limit=" + std::to_string(most) + "&start=" + Nanoseconds(from) +
         "&end=" + Nanoseconds(to) + "&query=" + PercentEncoded(query);
}

}  // namespace

Result<std::string> QueryPath(const journal::Wanted& wanted, journal::EntryTime from,
                              std::size_t most) {
  const auto query = QueryOf(wanted);
  if (!query) return Fail(query.error());
  return PathOf("forward", most, from, wanted.to, *query);
}

std::string NewestPath(NodeId node, Time from, Time to) {
  return PathOf("backward", 1, from, to, "{node_id=\"" + std::to_string(node.value()) + "\"}");
}

}  // namespace backup_monitor::loki
