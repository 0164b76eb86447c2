#include "cluster/cluster_look.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include "cluster/kept_text.h"
#include "cluster/layouts.h"
#include "text/fit_text.h"

namespace backup_monitor::cluster {
namespace {

constexpr std::uint32_t kScanCount = 50'000;
constexpr std::string_view kScanEnd = "0";
constexpr std::uint32_t kMostEmptyNodes = 100;  // a hash is read of each for every plan

PlanNumber Number(std::size_t index) { return static_cast<PlanNumber>(index); }

}  // namespace

ClusterLook::Details::Details(const std::vector<PlanId>& ids, const ModuleTable& modules, Time now,
                              Complaints& complaints)
    : plans{ids},
      records{ids, modules, now},
      current{records, complaints},
      earlier{records, complaints},
      compact{ids, modules, complaints} {}

Result<ClusterView> ClusterLook::Run() {
  if (const auto found = FindNames(); !found) return Fail(found.error());
  if (fault_) return Fail(*fault_);
  ListPlans();
  details_.emplace(plan_ids_, modules_, now_, complaints_);

  Inquiry everything;
  AskPlans(everything);
  AskNodeNames(everything);
  AskNodeAddresses(everything);
  AskModules(everything, 0);
  AskStatus(everything);
  if (const auto read = everything.Send(reader_); !read) return Fail(read.error());
  if (details_->plans.fault()) return Fail(*details_->plans.fault());

  const std::size_t known = modules_.size();
  AddInstancesAsModules();
  Inquiry named;
  AskModules(named, known);
  for (std::size_t i = 0; i < plan_ids_.size(); ++i) {
    details_->plans.AskDestination(named, Number(i));
  }
  if (const auto read = named.Send(reader_); !read) return Fail(read.error());
  return Assemble();
}

Result<void> ClusterLook::FindNames() {
  std::string plan_cursor{kScanEnd};
  std::string module_cursor{kScanEnd};
  bool first = true;
  do {
    Inquiry inquiry;
    if (first) {
      inquiry.commands().Hash(kModuleNode);
      inquiry.Then([this](const Reply& reply) { ReadModuleNode(reply); });
      inquiry.commands().Hash(kModuleUuid);
      inquiry.Then([this](const Reply& reply) { ReadModuleUuids(reply); });
      inquiry.commands().Text(kNodeSequence);
      inquiry.Then([this](const Reply& reply) { ReadNodeSequence(reply); });
      inquiry.commands().Text(kClusterName);
      inquiry.Then([this](const Reply& reply) { cluster_name_ = KeptText(reply); });
    }
    const auto scan = [&](std::string& cursor, std::string_view pattern) {
      if (!first && cursor == kScanEnd) return;
      inquiry.commands().Scan(cursor, pattern, kScanCount);
      inquiry.Then([this, &cursor](const Reply& reply) { ReadScan(reply, cursor); });
    };
    scan(plan_cursor, kPlanPattern);
    scan(module_cursor, kModulePattern);
    if (auto read = inquiry.Send(reader_); !read) return read;
    first = false;
  } while (!fault_ && (plan_cursor != kScanEnd || module_cursor != kScanEnd));
  return {};
}

void ClusterLook::ReadScan(const Reply& reply, std::string& cursor) {
  if (reply.items.size() != 2 || reply.items[0].kind != Reply::Kind::kText) {
    fault_ = Error{ErrorCode::kInvalidInput, "the answer to SCAN makes no sense"};
    return;
  }
  cursor = reply.items[0].text;
  for (const Reply& key : reply.items[1].items) index_.Add(key.text_or_empty(), complaints_);
}

void ClusterLook::ReadModuleNode(const Reply& reply) {
  if (reply.kind != Reply::Kind::kList) {
    fault_ = Error{ErrorCode::kInvalidInput, "key " + std::string{kModuleNode} + " is not a hash"};
    return;
  }
  has_module_node_ = !reply.items.empty();
  for (std::size_t i = 0; i + 1 < reply.items.size(); i += 2) {
    const std::string_view module = reply.items[i].text_or_empty();
    const std::string_view text = reply.items[i + 1].text_or_empty();
    const auto node = NodeId::Parse(text);
    if (!node) {
      complaints_.AboutKey(kModuleNode,
                           "module " + Printable(module) + " is on no node: " + Printable(text));
    }
    modules_.Add(module, node ? std::optional{*node} : std::nullopt);
    if (node) nodes_.insert(*node);
  }
}

void ClusterLook::ReadModuleUuids(const Reply& reply) {
  for (std::size_t i = 0; i + 1 < reply.items.size(); i += 2) {
    const auto module = modules_.Find(reply.items[i].text_or_empty());
    if (module) modules_[*module].uuid = KeptText(reply.items[i + 1]);
  }
}

void ClusterLook::ReadNodeSequence(const Reply& reply) {
  const auto newest = NodeId::Parse(reply.text_or_empty());
  if (!newest) return;  // before the first node, or no cluster of NS8
  if (newest->value() > kMostEmptyNodes) {
    complaints_.AboutKey(kNodeSequence, "is over " + std::to_string(kMostEmptyNodes) +
                                            ": nodes that no module is on are not read");
    return;
  }
  for (std::uint32_t node = 1; node <= newest->value(); ++node) {
    nodes_.insert(*NodeId::Parse(std::to_string(node)));
  }
}

void ClusterLook::ListPlans() {
  std::set<PlanId> plans = std::move(index_.plans);
  plans.insert(index_.compact_plans.begin(), index_.compact_plans.end());
  for (const auto& [plan, module] : index_.compact_modules) {
    if (!has_module_node_) modules_.Add(module.value(), std::nullopt);
    if (modules_.Find(module.value())) plans.insert(plan);
  }
  plan_ids_.assign(std::make_move_iterator(plans.begin()), std::make_move_iterator(plans.end()));
}

void ClusterLook::AskPlans(Inquiry& inquiry) {
  for (std::size_t i = 0; i < plan_ids_.size(); ++i) details_->plans.AskPlan(inquiry, Number(i));
  for (const ModuleId& id : index_.earlier_members) {
    const auto module = modules_.Find(id.value());
    if (module) details_->plans.AskMembership(inquiry, id, *module);
  }
}

void ClusterLook::AskStatus(Inquiry& inquiry) {
  for (std::size_t i = 0; i < plan_ids_.size(); ++i) {
    for (const NodeId node : nodes_) details_->current.Ask(inquiry, Number(i), node);
  }
  for (const auto& [plan_id, module_id] : index_.earlier_modules) {
    const auto plan = FindPlan(plan_id);
    const auto module = modules_.Find(module_id.value());
    if (plan && module) details_->earlier.Ask(inquiry, *plan, *module);
  }
  for (const PlanId& id : index_.compact_plans) {
    if (const auto plan = FindPlan(id)) details_->compact.AskPlan(inquiry, *plan);
  }
  for (const auto& [plan_id, module_id] : index_.compact_modules) {
    const auto plan = FindPlan(plan_id);
    const auto module = modules_.Find(module_id.value());
    if (plan && module) details_->compact.AskModule(inquiry, *plan, *module);
  }
}

void ClusterLook::AskNodeNames(Inquiry& inquiry) {
  if (nodes_.empty()) return;
  std::vector<std::string> keys;
  for (const NodeId node : nodes_) keys.push_back(NodeKey(node, "ui_name"));
  inquiry.commands().Texts(keys);
  inquiry.Then([this](const Reply& reply) {
    auto node = nodes_.begin();
    for (std::size_t i = 0; i < reply.items.size() && node != nodes_.end(); ++i, ++node) {
      if (std::string name = KeptText(reply.items[i]); !name.empty()) node_names_[*node] = name;
    }
  });
}

void ClusterLook::AskNodeAddresses(Inquiry& inquiry) {
  for (const NodeId node : nodes_) {
    inquiry.commands().Fields(NodeKey(node, "vpn"), {"ip_address"});
    inquiry.Then([this, node](const Reply& reply) {
      if (reply.items.empty()) return;
      if (std::string address = KeptText(reply.items.front()); !address.empty())
        node_by_address_.emplace(std::move(address), node);
    });
  }
}

void ClusterLook::AskModules(Inquiry& inquiry, std::size_t first) {
  if (first == modules_.size()) return;
  std::vector<std::string> names;
  for (std::size_t i = first; i < modules_.size(); ++i) {
    const auto number = static_cast<ModuleNumber>(i);
    names.push_back(ModuleKey(modules_[number].id, "ui_name"));
    inquiry.commands().HasMember(ModuleKey(modules_[number].id, "flags"), kNoBackupFlag);
    inquiry.Then(
        [this, number](const Reply& reply) { modules_[number].needs_backup = reply.number != 1; });
  }
  inquiry.commands().Texts(names);
  inquiry.Then([this, first](const Reply& reply) {
    for (std::size_t i = 0; i < reply.items.size() && first + i < modules_.size(); ++i) {
      modules_[static_cast<ModuleNumber>(first + i)].ui_name = KeptText(reply.items[i]);
    }
  });
}

std::optional<PlanNumber> ClusterLook::FindPlan(const PlanId& id) const {
  const auto found = std::lower_bound(plan_ids_.begin(), plan_ids_.end(), id);
  if (found == plan_ids_.end() || *found != id) return std::nullopt;
  return Number(static_cast<std::size_t>(found - plan_ids_.begin()));
}

void ClusterLook::AddInstancesAsModules() {
  if (has_module_node_ || !index_.has_compact()) return;
  for (std::size_t i = 0; i < details_->plans.size(); ++i) {
    const PlanBook::Entry& entry = details_->plans.entry(i);
    if (!entry.instances) continue;
    for (const std::string_view id : SplitWords(*entry.instances)) modules_.Add(id, std::nullopt);
  }
}

std::vector<ModuleId> ClusterLook::Expected(const PlanBook::Entry& entry,
                                            const CompactLayout::Status& compact) const {
  std::vector<ModuleNumber> listed;
  if (entry.instances) {
    for (const std::string_view id : SplitWords(*entry.instances)) {
      if (const auto module = modules_.Find(id)) listed.push_back(*module);
    }
  } else {
    listed = entry.members;
  }
  std::vector<ModuleId> expected;
  std::vector<bool> taken(modules_.size());
  for (const ModuleNumber module : listed) {
    if (taken[ModuleTable::Index(module)]) continue;
    taken[ModuleTable::Index(module)] = true;
    expected.push_back(modules_[module].id);
  }
  if (expected.empty() && entry.plan.compact && !entry.instances) {
    for (const StatusRecord& record : compact.modules) expected.push_back(record.module);
  }
  return expected;
}

void ClusterLook::AddPlan(std::size_t number, ClusterView& view) {
  PlanBook::Entry& entry = details_->plans.entry(number);
  CompactLayout::Status& compact = details_->compact.found(Number(number));
  if (!entry.configured && compact.empty()) return;  // Removed since its name was found.
  entry.plan.compact = !compact.empty() && !details_->records.HasRecords(Number(number));
  entry.plan.expected = Expected(entry, compact);
  if (entry.plan.compact) {
    entry.plan.compact_status = std::move(compact.plan);
    std::move(compact.modules.begin(), compact.modules.end(), std::back_inserter(view.records));
  }
  const auto its_node = node_by_address_.find(entry.destination_host);
  if (its_node != node_by_address_.end()) entry.plan.destination_node = its_node->second;
  view.plans.emplace(plan_ids_[number], std::move(entry.plan));
}

ClusterView ClusterLook::Assemble() {
  ClusterView view;
  view.looked_at = now_;
  view.cluster_name = std::move(cluster_name_);
  view.records = std::move(details_->records).Take();
  for (std::size_t i = 0; i < plan_ids_.size(); ++i) AddPlan(i, view);
  if (view.plans.size() < plan_ids_.size()) {
    std::erase_if(view.records, [&view](const StatusRecord& record) {
      return !view.plans.contains(record.plan);
    });
  }
  view.node_names = std::move(node_names_);
  view.modules = std::move(modules_).Take();
  view.complaints = std::move(complaints_).Take();
  return view;
}

}  // namespace backup_monitor::cluster
