#include "report/words/cause_advice.h"

#include <map>
#include <set>

#include "report/words/causes.h"
#include "report/words/names.h"
#include "report/words/restic_command.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kModulesNamed = 10;
constexpr std::size_t kCommands = 10;

// Whom a cause has hit. A module under two plans has a repository under each.
struct Hit {
  std::vector<ModuleId> modules;
  std::vector<std::string> commands;
  std::set<ModuleId> named;
  std::set<std::string> given;
};

void AddHit(const RunSection& run, const ModuleLine& line, const Cause& cause, Hit& hit) {
  if (hit.named.insert(line.module).second) hit.modules.push_back(line.module);
  if (cause.restic.empty()) return;
  std::string command = ResticCommand(line.module, run.plan, cause.restic);
  if (!command.empty() && hit.given.insert(command).second)
    hit.commands.push_back(std::move(command));
}

Advice Step(const Voice& voice, const Cause& cause, Hit hit) {
  Advice step;
  step.text = voice.Count(cause.advice, static_cast<std::int64_t>(hit.modules.size()),
                          {{"modules", ModuleIds(voice, hit.modules, kModulesNamed)}});
  if (hit.commands.empty()) return step;
  step.text += " " + voice.Say("advice.on_leader");
  if (hit.commands.size() > kCommands) {
    step.more = voice.Count("advice.more_commands",
                            static_cast<std::int64_t>(hit.commands.size() - kCommands));
    hit.commands.resize(kCommands);
  }
  step.commands = std::move(hit.commands);
  return step;
}

}  // namespace

std::vector<Advice> CauseAdvice(const Voice& voice, const Report& report) {
  std::map<const Cause*, Hit> hits;  // The causes are one array: their addresses are its order.
  for (const RunSection& run : report.runs) {
    for (const ModuleLine& line : run.modules) {
      for (const Cause* cause : CausesOf(run, line)) AddHit(run, line, *cause, hits[cause]);
    }
  }
  std::vector<Advice> steps;
  steps.reserve(hits.size());
  for (auto& [cause, hit] : hits) steps.push_back(Step(voice, *cause, std::move(hit)));
  return steps;
}

}  // namespace backup_monitor
