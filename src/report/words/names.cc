#include "report/words/names.h"

#include <set>

#include "text/fit_text.h"

namespace backup_monitor::report::words {

std::string Joined(const Voice& voice, const std::vector<std::string>& names, std::size_t limit) {
  std::string joined;
  for (std::size_t i = 0; i < names.size() && i < limit; ++i) {
    joined += (i == 0 ? "" : ", ") + names[i];
  }
  if (names.size() <= limit) return joined;
  return joined + ", " + voice.Count("names.more", static_cast<std::int64_t>(names.size() - limit));
}

std::string PlanName(const RunSection& run) {
  const std::string name = ShowForeign(run.plan_name);
  return name.empty() ? ShowForeign(run.plan.value()) : name;
}

std::string PlanNames(const Voice& voice, const std::vector<RunSection>& runs, std::size_t limit) {
  std::set<PlanId> named;
  std::vector<std::string> names;
  for (const RunSection& run : runs) {
    if (named.insert(run.plan).second) names.push_back(PlanName(run));
  }
  return Joined(voice, names, limit);
}

std::string ModuleName(const ModuleLine& line) {
  const std::string name = ShowForeign(line.ui_name);
  return name.empty() ? ShowForeign(line.module.value()) : name;
}

std::string NodeName(const Voice& voice, const ModuleLine& line) {
  return line.node ? NodeName(voice, *line.node, line.node_name) : std::string{};
}

std::string NodeName(const Voice& voice, NodeId node, const std::string& name) {
  const std::string number = std::to_string(node.value());
  const std::string shown = ShowForeign(name);
  if (shown.empty()) return voice.Say("node", {{"number", number}});
  return voice.Say("node.named", {{"number", number}, {"name", shown}});
}

std::string ModulePlace(const Voice& voice, const ModuleLine& line) {
  std::string node = NodeName(voice, line);
  const std::string id = ShowForeign(line.module.value());
  if (ModuleName(line) == id) return node;
  return node.empty() ? id : id + " · " + node;
}

std::string ModuleIds(const Voice& voice, const std::vector<ModuleId>& modules, std::size_t limit) {
  std::vector<std::string> names;
  names.reserve(modules.size());
  for (const ModuleId& module : modules) names.push_back(ShowForeign(module.value()));
  return Joined(voice, names, limit);
}

}  // namespace backup_monitor::report::words
