#include "report/mail/run_view.h"

#include "report/mail/palette.h"
#include "report/words/lead.h"
#include "report/words/named_values.h"
#include "report/words/names.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kChanges = 100;

std::string VerdictWord(const Voice& voice, Verdict verdict) {
  return voice.Say("verdict." + std::string{Name(verdict)});
}

std::vector<std::string> Changes(const Voice& voice, const RunSection& run) {
  std::vector<std::string> changes;
  std::int64_t left_out = 0;
  for (const ModuleLine& line : run.modules) {
    if (!line.previous_verdict || !line.verdict || line.previous_verdict == line.verdict) continue;
    if (changes.size() == kChanges) {
      ++left_out;
      continue;
    }
    changes.push_back(voice.Say("change", {{"module", ModuleName(line)},
                                           {"before", VerdictWord(voice, *line.previous_verdict)},
                                           {"now", VerdictWord(voice, *line.verdict)}}));
  }
  if (left_out > 0) changes.push_back(voice.Count("left_out", left_out));
  return changes;
}

}  // namespace

View RunView(const Voice& voice, const Report& report, const RunSection& run, RowBudget& budget) {
  View view;
  view.Set("run_plan", PlanName(run));
  if (report.runs.size() > 1) view.Set("run_headline", RunHeadline(voice, run));
  SetTone(view, "run", ToneOf(run));
  view.Set("run_sentences", EachAs("run_sentence", WhatHappened(voice, run)));
  if (const auto changes = EachAs("change", Changes(voice, run)); !changes.empty()) {
    view.lists["run_changed"].emplace_back().Set("changes", changes);
  }
  view.Set("groups", ProblemGroups(voice, run, budget));
  std::vector<View> facts;
  for (const NamedValue& fact : ValuesOf(voice, run)) {
    View& one = facts.emplace_back();
    one.Set("fact_name", fact.name);
    one.Set("fact_value", fact.value);
  }
  if (!facts.empty()) view.lists["run_facts"].emplace_back().Set("facts", std::move(facts));
  return view;
}

}  // namespace backup_monitor
