#include "cluster/module_table.h"

#include <string>
#include <utility>

namespace backup_monitor::cluster {

ModuleNumber ModuleTable::Add(std::string_view id, std::optional<NodeId> node) {
  if (const auto known = Find(id)) return *known;
  const auto number = static_cast<ModuleNumber>(modules_.size());
  modules_.push_back({.id = ModuleId{std::string{id}}, .node = node, .ui_name = {}});
  numbers_.emplace(modules_.back().id.value(), number);
  return number;
}

std::optional<ModuleNumber> ModuleTable::Find(std::string_view id) const {
  const auto found = numbers_.find(id);
  if (found == numbers_.end()) return std::nullopt;
  return found->second;
}

std::map<ModuleId, Module> ModuleTable::Take() && {
  std::map<ModuleId, Module> taken;
  numbers_.clear();
  for (Module& module : modules_) {
    ModuleId id = module.id;
    taken.emplace(std::move(id), std::move(module));
  }
  return taken;
}

}  // namespace backup_monitor::cluster
