#include "report/words/schedule_words.h"

#include <algorithm>

#include "report/words/names.h"
#include "report/words/presence_words.h"
#include "text/fit_text.h"

namespace backup_monitor::report::words {
namespace {

constexpr std::size_t kSilentNodes = 10;

}  // namespace

void AddNext(const Voice& voice, const ScheduleLine& schedule,
             std::vector<std::string>& sentences) {
  if (schedule.next)
    sentences.push_back(voice.Say("lead.next_due", {{"when", voice.When(*schedule.next)}}));
}

/// What a run says that did not take place.
std::vector<std::string> MissedSentences(const Voice& voice, const RunFacts& run) {
  const ScheduleLine& schedule = run.section.schedule;
  std::vector<std::string> sentences;
  if (schedule.due && schedule.answer_by) {
    sentences.push_back(voice.Say("lead.missed", {{"due", voice.WhenAndAge(*schedule.due)},
                                                  {"by", voice.When(*schedule.answer_by)}}));
  } else {
    sentences.push_back(voice.Say("lead.missed_unknown"));
  }
  AddNodes(voice, run, sentences);
  if (schedule.missed && schedule.missed->count > 1) {
    sentences.push_back(voice.Count(
        "lead.missed_often", schedule.missed->count,
        {{"from", voice.When(schedule.missed->first)}, {"to", voice.When(schedule.missed->last)}}));
  }
  AddNext(voice, schedule, sentences);
  return sentences;
}

/// What the schedule adds to a run that took place.
void AddSchedule(const Voice& voice, const RunSection& run, std::vector<std::string>& sentences) {
  const ScheduleLine& schedule = run.schedule;
  if (schedule.late) {
    sentences.push_back(voice.Say("lead.late", {{"late", voice.Duration(*schedule.late)},
                                                {"due", voice.When(*schedule.due)}}));
  }
  for (std::size_t i = 0; i < schedule.silent.size() && i < kSilentNodes; ++i) {
    const SilentNode& node = schedule.silent[i];
    sentences.push_back(voice.Count("lead.silent_node", node.modules,
                                    {{"node", NodeName(voice, node.node, node.name)}}));
  }
  if (schedule.silent.size() > kSilentNodes) {
    sentences.push_back(
        voice.Count("lead.silent_nodes_more",
                    static_cast<std::int64_t>(schedule.silent.size() - kSilentNodes)));
  }
  if (schedule.missed && schedule.missed->count == 1) {
    sentences.push_back(
        voice.Say("lead.missed_before_one", {{"when", voice.When(schedule.missed->first)}}));
  } else if (schedule.missed) {
    sentences.push_back(voice.Count(
        "lead.missed_before", schedule.missed->count,
        {{"from", voice.When(schedule.missed->first)}, {"to", voice.When(schedule.missed->last)}}));
  }
  if (schedule.overlapped && schedule.overlapped->count == 1) {
    sentences.push_back(
        voice.Say("lead.overlapped_one", {{"when", voice.When(schedule.overlapped->first)}}));
  } else if (schedule.overlapped) {
    sentences.push_back(voice.Count("lead.overlapped", schedule.overlapped->count,
                                    {{"when", voice.When(schedule.overlapped->first)}}));
  }
}

/// What the schedule says of the plan now, and not of the run that is shown. Empty if nothing.
std::string TroubleSentence(const Voice& voice, const RunFacts& run) {
  if (!run.section.plan_now) return {};
  const PlanStatus& now = *run.section.plan_now;
  switch (run.trouble) {
    case Trouble::kNone:
    case Trouble::kOverTarget: break;
    case Trouble::kOldRun: return voice.Say("lead.plan_old");
    case Trouble::kLate:
      return now.due ? voice.Say("lead.plan_late", {{"due", voice.WhenAndAge(*now.due)}}) : "";
    case Trouble::kMissed:
      return now.due ? voice.Say("lead.plan_missed", {{"due", voice.WhenAndAge(*now.due)}}) : "";
    case Trouble::kNeverDue:
      return voice.Say("lead.plan_never_due", {{"reason", ShowForeign(now.never_due)}});
  }
  return {};
}

std::string NeverDue(const Voice& voice, const PlanLine& plan) {
  return voice.Say("opening.never_due",
                   {{"plan", ShowForeign(plan.name)}, {"reason", ShowForeign(plan.now.never_due)}});
}

std::string WithoutRun(const Voice& voice, const PlanLine& plan, Trouble trouble) {
  const std::string name = ShowForeign(plan.name);
  if (trouble == Trouble::kNeverDue)
    return voice.Say("opening.without_run_never_due",
                     {{"plan", name}, {"reason", ShowForeign(plan.now.never_due)}});
  if (plan.now.due)
    return voice.Say("opening.without_run_late",
                     {{"plan", name}, {"due", voice.WhenAndAge(*plan.now.due)}});
  if (plan.now.next)
    return voice.Say("opening.without_run_next",
                     {{"plan", name}, {"when", voice.When(*plan.now.next)}});
  return voice.Say("opening.without_run", {{"plan", name}});
}

std::string TroubleWords(const Voice& voice, Trouble trouble) {
  switch (trouble) {
    case Trouble::kNone: break;
    case Trouble::kOverTarget: return voice.Say("phrase.over_target");
    case Trouble::kOldRun: return voice.Say("phrase.plan_old");
    case Trouble::kLate: return voice.Say("phrase.plan_late");
    case Trouble::kMissed: return voice.Say("phrase.MISSED");
    case Trouble::kNeverDue: return voice.Say("phrase.plan_never_due");
  }
  return voice.Say("phrase.plan_old");
}

}  // namespace backup_monitor::report::words
