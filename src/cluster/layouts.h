#pragma once

#include <string>
#include <string_view>

#include "model/ids.h"

namespace backup_monitor::cluster {

// Where backups and their status are in the cluster's Redis. All sources: ns8-core 4f41b359
// (3.21.1-dev), unless said.
//
// Plans: HASH `cluster/backup/<plan>` with `name`, `enabled` ("1" or ""), `repository` (a
// destination's UUID), `schedule`, `instances` (module ids, space-separated; may name removed
// modules), written by cluster actions add-backup and alter-backup. Before 3.20 there is no
// `instances`: the SET `module/<module>/backups` holds a module's plan ids instead.
//
// Status, three layouts:
// 1. current: HASH `node/<node>/backup_status/<plan>`, field = module, value = JSON; written by
//    node/bin/run-backup (3.20 and later). Of each node on which the cluster has modules.
// 2. earlier: HASH `module/<module>/backup_status/<plan>`, the same names as plain fields; written
//    by module-backup before 3.20. The upgrade copies these to layout 1 under the module's node of
//    that moment and leaves the originals (update-core-pre-modules.d/50update_grants), so both are
//    read and the newer `start` counts; it deletes `module/<module>/backups`.
// 3. compact: HASH `cluster/backup/<plan>/status` (`result`, `timestamp`, `errors`) and
//    HASH `module/<module>/backup/<plan>/status` (`result`, `timestamp`, `error`), on installations
//    that write it themselves. It counts for plans that have no record of layouts 1 and 2.
//
// What belongs to nobody stays out: plans are those of `cluster/backup/*`; modules are those of
// `cluster/module_node`, so a removed module's stale field is no record. Only an installation
// without `cluster/module_node` that has compact status takes its modules from there: those with a
// status, and the `instances` of its plans.
//
// Names: node keys are derived from plans x nodes, module keys from the module list. What cannot be
// derived is found with SCAN: plan ids (any name in the compact layout), and under `module/` the
// keys that only some modules have (compact status, and after an upgrade the earlier layout, whose
// list of plans is gone).

inline constexpr std::string_view kModuleNode = "cluster/module_node";
/// HASH module → UUID (ns8-core 4f41b359, cluster/actions/add-module/50update).
inline constexpr std::string_view kModuleUuid = "cluster/module_uuid";
/// The number of the newest node: each node of the cluster has one from 1 to this (ns8-core 4f41b359,
/// cluster/actions/add-node/50update). A node that no module is on any more may still hold the records of one that has moved.
inline constexpr std::string_view kNodeSequence = "cluster/node_sequence";
inline constexpr std::string_view kClusterName = "cluster/ui_name";
inline constexpr std::string_view kPlanPrefix = "cluster/backup/";
inline constexpr std::string_view kModulePrefix = "module/";
inline constexpr std::string_view kStatusSuffix = "/status";
inline constexpr std::string_view kPlanPattern = "cluster/backup/*";
inline constexpr std::string_view kModulePattern = "module/*/backup*";
inline constexpr std::string_view kNoBackupFlag = "no_data_backup";

[[nodiscard]] inline std::string PlanKey(const PlanId& plan) {
  return std::string{kPlanPrefix} + plan.value();
}
[[nodiscard]] inline std::string CompactPlanKey(const PlanId& plan) {
  return PlanKey(plan) + std::string{kStatusSuffix};
}
[[nodiscard]] inline std::string ModuleKey(const ModuleId& module, std::string_view rest) {
  std::string key{kModulePrefix};
  return key.append(module.value()).append("/").append(rest);
}
[[nodiscard]] inline std::string CompactModuleKey(const ModuleId& module, const PlanId& plan) {
  return ModuleKey(module, "backup/" + plan.value() + std::string{kStatusSuffix});
}
[[nodiscard]] inline std::string EarlierKey(const ModuleId& module, const PlanId& plan) {
  return ModuleKey(module, "backup_status/" + plan.value());
}
[[nodiscard]] inline std::string NodeKey(NodeId node, std::string_view rest) {
  return "node/" + std::to_string(node.value()) + "/" + std::string{rest};
}
[[nodiscard]] inline std::string CurrentKey(NodeId node, const PlanId& plan) {
  return NodeKey(node, "backup_status/" + plan.value());
}
[[nodiscard]] inline std::string DestinationKey(std::string_view id) {
  return "cluster/backup_repository/" + std::string{id};
}

}  // namespace backup_monitor::cluster
