#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cluster/cluster_reader.h"

namespace backup_monitor::testing {

/// A cluster held in memory, as one look would show it. Tests say what is true of it, never which
/// calls to expect; `view` may also be written directly.
class FakeCluster final : public cluster::ClusterReader {
 public:
  ClusterView view;

  /// From now on every look fails, as when Redis is down. std::nullopt heals it.
  void SetOutage(std::optional<Error> outage) { outage_ = std::move(outage); }

  /// A module instance on a node; `node` 0: unknown, as in the compact layout. Again: it moved.
  Module& AddModule(const std::string& id, std::uint32_t node = 1) {
    Module& module = view.modules[ModuleId{id}];
    module.id = ModuleId{id};
    module.node = Node(node);
    return module;
  }

  /// An enabled plan over `modules`; those not yet in the cluster are added on node 1.
  Plan& AddPlan(const std::string& id, const std::string& name,
                const std::vector<std::string>& modules = {}) {
    Plan& plan = view.plans[PlanId{id}];
    plan = Plan{.id = PlanId{id},
                .name = name,
                .schedule = {},
                .destination_id = {},
                .destination_name = {},
                .expected = {},
                .compact_status = {}};
    for (const std::string& module : modules) AddToPlan(id, module);
    return plan;
  }

  /// Puts a module at the end of the plan's instances. The plan must exist.
  void AddToPlan(const std::string& plan, const std::string& module) {
    if (!view.modules.contains(ModuleId{module})) AddModule(module);
    std::vector<ModuleId>& expected = view.plans.at(PlanId{plan}).expected;
    if (std::find(expected.begin(), expected.end(), ModuleId{module}) == expected.end()) {
      expected.emplace_back(module);
    }
  }

  /// Takes a module out of the plan; its record stays, as in NS8.
  void RemoveFromPlan(const std::string& plan, const std::string& module) {
    std::erase(view.plans.at(PlanId{plan}).expected, ModuleId{module});
  }

  /// Replaces the record of the same plan and module: NS8 keeps one.
  void PutRecord(StatusRecord record) {
    ForgetRecord(record.plan.value(), record.module.value());
    view.records.push_back(std::move(record));
  }

  /// The same with the node on which the module is now.
  void PutRecord(const std::string& plan, const std::string& module, Time start, Time end,
                 std::uint32_t errors = 0) {
    const auto known = view.modules.find(ModuleId{module});
    PutRecord(StatusRecord{.plan = PlanId{plan},
                           .module = ModuleId{module},
                           .node = known == view.modules.end() ? Node(1) : known->second.node,
                           .start = start,
                           .end = end,
                           .error_count = errors,
                           .restore_bytes = {},
                           .file_count = {},
                           .snapshot_count = {},
                           .error_text = {}});
  }

  void ForgetRecord(const std::string& plan, const std::string& module) {
    std::erase_if(view.records, [&](const StatusRecord& record) {
      return record.plan.value() == plan && record.module.value() == module;
    });
  }

  /// Removes the module from the cluster: with it go its records and its places in the plans.
  void RemoveModule(const std::string& module) {
    view.modules.erase(ModuleId{module});
    for (auto& [id, plan] : view.plans) std::erase(plan.expected, ModuleId{module});
    std::erase_if(view.records,
                  [&](const StatusRecord& record) { return record.module.value() == module; });
  }

  /// Removes the plan and its records.
  void RemovePlan(const std::string& plan) {
    view.plans.erase(PlanId{plan});
    std::erase_if(view.records,
                  [&](const StatusRecord& record) { return record.plan.value() == plan; });
  }

  /// A Redis that was emptied.
  void Clear() { view = ClusterView{}; }

  Result<ClusterView> Look(Time now) override {
    if (outage_) return Fail(*outage_);
    ClusterView copy = view;
    copy.looked_at = now;
    return copy;
  }

 private:
  static std::optional<NodeId> Node(std::uint32_t number) {
    const Result<NodeId> node = NodeId::Parse(std::to_string(number));
    return node ? std::optional{*node} : std::nullopt;
  }

  std::optional<Error> outage_;
};

}  // namespace backup_monitor::testing
