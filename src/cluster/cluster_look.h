#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cluster/compact_layout.h"
#include "cluster/complaints.h"
#include "cluster/current_layout.h"
#include "cluster/earlier_layout.h"
#include "cluster/inquiry.h"
#include "cluster/key_index.h"
#include "cluster/module_table.h"
#include "cluster/plan_book.h"
#include "cluster/record_book.h"
#include "model/cluster_view.h"

namespace backup_monitor::cluster {

/// One look while it goes on: which names there are, then everything about them, then what that
/// names in turn. Three round trips, and one more for each further 50,000 keys that Redis holds.
class ClusterLook {
 public:
  ClusterLook(KeyReader& reader, Time now) : reader_{reader}, now_{now} {}

  /// Once. As ClusterReader::Look.
  [[nodiscard]] Result<ClusterView> Run();

 private:
  // What is asked once the names are known. Its parts refer to each other.
  struct Details {
    Details(const std::vector<PlanId>& ids, const ModuleTable& modules, Time now,
            Complaints& complaints);
    PlanBook plans;
    RecordBook records;
    CurrentLayout current;
    EarlierLayout earlier;
    CompactLayout compact;
  };

  Result<void> FindNames();
  void ReadScan(const Reply& reply, std::string& cursor);
  void ReadModuleNode(const Reply& reply);
  void ReadModuleUuids(const Reply& reply);
  void ReadNodeSequence(const Reply& reply);
  void ListPlans();

  void AskPlans(Inquiry& inquiry);
  void AskStatus(Inquiry& inquiry);
  void AskNodeNames(Inquiry& inquiry);
  void AskNodeAddresses(Inquiry& inquiry);
  void AskModules(Inquiry& inquiry, std::size_t first);
  [[nodiscard]] std::optional<PlanNumber> FindPlan(const PlanId& id) const;

  /// Modules that only `instances` names, on an installation without `cluster/module_node`.
  void AddInstancesAsModules();
  [[nodiscard]] std::vector<ModuleId> Expected(const PlanBook::Entry& entry,
                                               const CompactLayout::Status& compact) const;
  void AddPlan(std::size_t number, ClusterView& view);
  ClusterView Assemble();

  KeyReader& reader_;
  Time now_;
  KeyIndex index_;
  Complaints complaints_;
  std::optional<Error> fault_;
  std::string cluster_name_;
  bool has_module_node_ = false;
  ModuleTable modules_;
  std::set<NodeId> nodes_;
  std::map<NodeId, std::string> node_names_;
  std::map<std::string, NodeId> node_by_address_;  // In the cluster's VPN.
  std::vector<PlanId> plan_ids_;                   // Sorted.
  std::optional<Details> details_;
};

}  // namespace backup_monitor::cluster
