#include "report/words/advice.h"

#include <algorithm>

#include "report/words/cause_words.h"
#include "report/words/names.h"
#include "text/ascii.h"
#include "text/fit_text.h"
#include "text/utc_time.h"

namespace backup_monitor::report::words {
namespace {

using StepKind = Step::Kind;

constexpr std::size_t kNodes = 5;
constexpr std::size_t kNames = 30;
constexpr std::size_t kModulesNamed = 10;
constexpr std::size_t kCommands = 10;

std::int64_t CountOf(const std::vector<ModuleId>& modules) {
  return static_cast<std::int64_t>(modules.size());
}

Advice AgainstCause(const Voice& voice, const Step& step) {
  const CauseWords& words = WordsOf(step.cause);
  Advice advice{voice.Count(words.advice, CountOf(step.modules),
                            {{"modules", ModuleIds(voice, step.modules, kModulesNamed)}})};
  if (words.restic.empty()) return advice;
  for (const auto& [module, plan] : step.repositories) {
    std::string command = ResticCommand(module, plan, words.restic);
    if (!command.empty()) advice.commands.push_back(std::move(command));
  }
  if (advice.commands.empty()) return advice;
  advice.text += " " + voice.Say("advice.on_leader");
  if (advice.commands.size() > kCommands) {
    advice.more = voice.Count("advice.more_commands",
                              static_cast<std::int64_t>(advice.commands.size() - kCommands));
    advice.commands.resize(kCommands);
  }
  return advice;
}

/// The entries of the plans' timers, of the node's agent and of the modules' users: the rest of the node's journal says
/// nothing of a backup. All of it where an id is none that could stand in a command.
std::string EntriesOf(const LogWindow& window) {
  constexpr std::size_t kMost = 10;
  if (window.plans.size() > kMost || window.modules.size() > kMost) return {};
  std::string entries = "_SYSTEMD_UNIT=agent@node.service ";
  for (const PlanId& plan : window.plans) {
    if (!std::ranges::all_of(plan.value(), IsDigit)) return {};
    entries += "+ _SYSTEMD_UNIT=backup" + plan.value() + ".service ";
  }
  for (const ModuleId& module : window.modules) {
    if (!IsModuleId(module.value())) return {};
    entries += "+ _SYSTEMD_UNIT=agent@" + module.value() + ".service + _UID=$(id -u " +
               module.value() + ") ";
  }
  return entries;
}

/// The two plans are named.
Advice AgainstOverlap(const Voice& voice, const Step& step) {
  return {voice.Count("advice.busy_with", CountOf(step.modules),
                      {{"modules", ModuleIds(voice, step.modules, kNames)},
                       {"plan", PlanName(*step.busy_run)},
                       {"other", ShowForeign(step.in_the_way)}})};
}

/// The times are given in UTC, which journalctl reads on every node alike (systemd.time(7), version 252).
void AddLogs(const Voice& voice, const Step& step, std::vector<Advice>& advice) {
  if (step.windows.empty()) return advice.push_back({voice.Say("advice.log_compact")});
  for (std::size_t i = 0; i < std::min(step.windows.size(), kNodes); ++i) {
    const LogWindow& window = step.windows[i];
    const std::string node = NodeName(voice, *window.module);
    advice.push_back({node.empty() ? voice.Say("advice.log_somewhere")
                                   : voice.Say("advice.log", {{"node", node}}),
                      {"journalctl " + EntriesOf(window) + "--since \"" + JournalTime(window.from) +
                       "\" --until \"" + JournalTime(window.to) + "\""}});
  }
}

/// The destinations are named where the report is also of others.
std::string Destinations(const Voice& voice, const ReportFacts& facts, const Step& step) {
  std::vector<std::string> names;
  for (const RunSection* run : step.runs) {
    const std::string name = ShowForeign(run->destination_name);
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  const bool others = step.runs.size() < facts.runs.size();
  const bool named = (others || names.size() > 1) && std::ranges::find(names, "") == names.end();
  return named ? Joined(voice, names, kNames) : voice.Say("the_destination");
}

/// The key of the sentence that is all that a step needs; empty for a step that needs more.
std::string_view SentenceOf(StepKind kind) {
  switch (kind) {
    case StepKind::kUndelivered: return "advice.undelivered";
    case StepKind::kUnknownPlan: return "advice.unknown_plan";
    case StepKind::kNoStatus: return "advice.no_status";
    case StepKind::kNeverDue: return "advice.never_due";
    case StepKind::kClusterBackup: return "advice.cluster_backup";
    case StepKind::kClusterBackupOld: return "advice.cluster_backup_over";
    case StepKind::kOverTarget: return "advice.over_target";
    case StepKind::kAlert: return "advice.alert";
    case StepKind::kNotFinished: return "advice.not_finished";
    case StepKind::kNeverRan: return "advice.never_ran";
    case StepKind::kWait: return "advice.wait";
    case StepKind::kNothingYet: return "advice.nothing_yet";
    case StepKind::kBeingChecked: return "advice.being_checked";
    case StepKind::kRunAgain: return "advice.run_again";
    case StepKind::kCluster: return "advice.cluster";
    case StepKind::kSeePlan: return "advice.see_plan";
    case StepKind::kCause:
    case StepKind::kReadLogs:
    case StepKind::kDestination:
    case StepKind::kDestinationFull:
    case StepKind::kFallen:
    case StepKind::kAlertSummary:
    case StepKind::kLeftPlan:
    case StepKind::kApplication:
    case StepKind::kUnread:
    case StepKind::kLaterStep:
    case StepKind::kInterrupted:
    case StepKind::kBusy:
    case StepKind::kNotStored:
    case StepKind::kNoResult:
    case StepKind::kMissed:
    case StepKind::kUnprotected: break;
  }
  return {};
}

/// Of every run that did not take place it is known why.
bool KnowsWhyMissed(const ReportFacts& facts) {
  bool any = false;
  for (const RunFacts& run : facts.runs) {
    if (run.section.outcome != Outcome::kMissed) continue;
    any = true;
    if (!run.missed_for_nodes) return false;
  }
  return any;
}

/// Since when each is in no plan, where that is known.
Advice ForUnprotected(const Voice& voice, const ReportFacts& facts, const Step& step) {
  std::vector<std::string> names;
  names.reserve(step.modules.size());
  for (const ModuleId& module : step.modules) {
    const auto since = facts.report.watch.unprotected_since.find(module);
    std::string name = ShowForeign(module.value());
    names.push_back(since == facts.report.watch.unprotected_since.end()
                        ? std::move(name)
                        : voice.Say("unprotected.since",
                                    {{"module", name}, {"when", voice.When(since->second)}}));
  }
  return {voice.Count("advice.unprotected", CountOf(step.modules),
                      {{"modules", Joined(voice, names, kNames)}})};
}

void Add(const Voice& voice, const ReportFacts& facts, const Step& step,
         std::vector<Advice>& advice) {
  const auto with_modules = [&](std::string_view key) {
    advice.push_back({voice.Count(key, CountOf(step.modules),
                                  {{"modules", ModuleIds(voice, step.modules, kNames)}})});
  };
  const auto with_destination = [&](std::string_view key) {
    advice.push_back({voice.Say(key, {{"destination", Destinations(voice, facts, step)}})});
  };
  switch (step.kind) {
    case StepKind::kCause: return advice.push_back(AgainstCause(voice, step));
    case StepKind::kReadLogs: return AddLogs(voice, step, advice);
    case StepKind::kDestination: return with_destination("advice.destination");
    case StepKind::kDestinationFull: return with_destination("advice.destination_full");
    case StepKind::kFallen: return with_modules("advice.fallen");
    case StepKind::kLeftPlan: return with_modules("advice.left_plan");
    case StepKind::kApplication: return with_modules("advice.application");
    case StepKind::kUnread: return with_modules("advice.unread");
    case StepKind::kLaterStep: return with_modules("advice.later_step");
    case StepKind::kInterrupted: return with_modules("advice.interrupted");
    case StepKind::kBusy:
      if (step.busy_run != nullptr) return advice.push_back(AgainstOverlap(voice, step));
      return with_modules("advice.busy");
    case StepKind::kNotStored: return with_modules("advice.not_stored");
    case StepKind::kNoResult: return with_modules("advice.no_result");
    case StepKind::kMissed:
      return advice.push_back(
          {voice.Say(KnowsWhyMissed(facts) ? "advice.missed_away" : "advice.missed")});
    case StepKind::kUnprotected: return advice.push_back(ForUnprotected(voice, facts, step));
    case StepKind::kAlertSummary:
      return advice.push_back(
          {voice.Count("advice.alert_summary", facts.report.alert_summary->alerts)});
    default: return advice.push_back({voice.Say(SentenceOf(step.kind))});
  }
}

}  // namespace

std::vector<Advice> WhatToDo(const Voice& voice, const ReportFacts& facts) {
  std::vector<Advice> advice;
  for (const Step& step : facts.steps) Add(voice, facts, step, advice);
  return advice;
}

}  // namespace backup_monitor::report::words
