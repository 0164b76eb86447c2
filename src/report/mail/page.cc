#include "report/mail/page.h"

#include <algorithm>

#include "report/mail/module_groups.h"
#include "report/mail/palette.h"
#include "report/words/advice.h"
#include "report/words/lead.h"
#include "report/words/names.h"
#include "report/words/recovery_words.h"
#include "report/words/run_values.h"
#include "report/words/subject.h"
#include "report/words/unknowns.h"
#include "text/fit_text.h"

namespace backup_monitor::report::mail {
namespace {

using words::Voice;

constexpr std::size_t kChanges = 100;
constexpr std::size_t kRunsInFull = 30;
constexpr std::size_t kLabels = 30;
constexpr std::size_t kWaiting = 50;
constexpr std::size_t kNamesInPreview = 5;

// What a mail client shows beside the subject: the names that a person wants to see first.
std::string Preview(const Voice& voice, const ReportFacts& facts) {
  std::vector<std::string> with_errors;
  std::vector<std::string> without_snapshot;
  std::vector<std::string> fallen;
  std::vector<std::string> waited_for;
  for (const RunFacts& run : facts.runs) {
    for (const ModuleFacts& module : run.modules) {
      const auto add = [&module](std::vector<std::string>& names) {
        names.push_back(words::ModuleName(module.line));
      };
      if (module.rank == Rank::kFailed || module.rank == Rank::kSavedWithErrors) add(with_errors);
      else if (module.without_snapshot) add(without_snapshot);
      else if (module.fallen) add(fallen);
      else if (module.rank == Rank::kPending) add(waited_for);
    }
  }
  if (!with_errors.empty()) {
    return voice.Say("preview", {{"names", words::Joined(voice, with_errors, kNamesInPreview)}});
  }
  if (!without_snapshot.empty()) {
    return voice.Say("preview.no_snapshot",
                     {{"names", words::Joined(voice, without_snapshot, kNamesInPreview)}});
  }
  if (!fallen.empty()) {
    return voice.Say("preview.fallen", {{"names", words::Joined(voice, fallen, kNamesInPreview)}});
  }
  if (waited_for.empty() || facts.report.kind != ReportKind::kLateNotice) return {};
  return voice.Say("preview.waiting",
                   {{"names", words::Joined(voice, waited_for, kNamesInPreview)}});
}

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
    changes.push_back(voice.Say("change", {{"module", words::ModuleName(line)},
                                           {"before", VerdictWord(voice, *line.previous_verdict)},
                                           {"now", VerdictWord(voice, *line.verdict)}}));
  }
  if (left_out > 0) changes.push_back(voice.Count("left_out", left_out));
  return changes;
}

/// One run: what happened, what changed, the modules that did not succeed, the values.
View RunView(const Voice& voice, const RunFacts& run, bool is_only_run, RowBudget& budget) {
  View view;
  view.Set("run_plan", words::PlanName(run.section));
  if (!is_only_run) view.Set("run_headline", words::RunHeadline(voice, run));
  SetTone(view, "run", ToneOf(run));
  view.Set("run_sentences", EachAs("run_sentence", words::WhatHappened(voice, run)));
  if (const auto changes = EachAs("change", Changes(voice, run.section)); !changes.empty()) {
    view.lists["run_changed"].emplace_back().Set("changes", changes);
  }
  view.Set("groups", ProblemGroups(voice, run, budget));
  std::vector<View> values;
  for (const words::NamedValue& value : words::ValuesOf(voice, run)) {
    View& one = values.emplace_back();
    one.Set("fact_name", value.name);
    one.Set("fact_value", value.value);
  }
  if (!values.empty()) view.lists["run_facts"].emplace_back().Set("facts", std::move(values));
  return view;
}

void SetRuns(const Voice& voice, const ReportFacts& facts, View& page) {
  RowBudget budget;
  std::vector<View> runs;
  std::vector<View> good;
  const std::size_t shown = std::min(facts.runs.size(), kRunsInFull);
  const bool is_only_run = facts.runs.size() == 1;
  // Problems take from the budget first, those of the last run before what went well in the first.
  for (std::size_t i = 0; i < shown; ++i)
    runs.push_back(RunView(voice, facts.runs[i], is_only_run, budget));
  for (std::size_t i = 0; i < shown; ++i) {
    auto modules = GoodModules(voice, facts.runs[i], budget);
    if (!modules) continue;
    if (is_only_run) modules->texts.erase("good_plan");
    good.push_back(std::move(*modules));
  }
  page.Set("runs", std::move(runs));
  if (!good.empty()) page.lists["all_good"].emplace_back().Set("good_runs", std::move(good));
  if (facts.runs.size() > kRunsInFull) {
    page.Set(
        "runs_left_out",
        voice.Count("runs_left_out", static_cast<std::int64_t>(facts.runs.size() - kRunsInFull)));
  }
}

void SetLabels(const Voice& voice, const Report& report, View& page) {
  if (!report.alert) return;
  std::vector<View> labels;
  for (const auto& [name, value] : report.alert->labels) {
    if (labels.size() == kLabels) break;
    View& label = labels.emplace_back();
    label.Set("label_name", ShowForeign(name));
    label.Set("label_value", ShowForeign(value));
  }
  View alert;
  if (report.alert->starts_at) {
    alert.Set("alert_since", voice.WhenAndAge(*report.alert->starts_at));
  }
  alert.Set("labels", std::move(labels));
  page.Set("alert", std::vector<View>{std::move(alert)});
}

void SetWatch(const Voice& voice, const Report& report, View& page) {
  const bool asked = report.kind == ReportKind::kOnRequest && !report.alert;
  if (report.kind != ReportKind::kTest && !asked) return;
  const WatchSummary& watch = report.watch;
  page.Set("watching", voice.Say("watching_sentence",
                                 {{"plans", voice.Count("count.plans", watch.plans)},
                                  {"modules", voice.Count("count.modules", watch.modules)}}));
  std::string unprotected;
  if (!watch.unprotected.empty())
    unprotected = voice.Count("unprotected", static_cast<std::int64_t>(watch.unprotected.size()));
  if (!watch.exempt.empty())
    unprotected += (unprotected.empty() ? "" : " ") + words::ExemptSentence(voice, watch.exempt);
  if (!unprotected.empty()) page.Set("unprotected", unprotected);
}

void SetUndelivered(const Voice& voice, const Report& report, View& page) {
  std::vector<View> waiting;
  for (const WaitingSubject& subject : report.undelivered) {
    if (waiting.size() == kWaiting) break;
    View& one = waiting.emplace_back();
    one.Set("waiting_since", voice.When(subject.created_at));
    one.Set("waiting_subject", ShowForeign(subject.subject, words::kSubjectBytes));
  }
  if (waiting.empty()) return;
  View list;
  list.Set("waiting", std::move(waiting));
  if (report.undelivered.size() > kWaiting) {
    list.Set("waiting_left_out",
             voice.Count("waiting_left_out",
                         static_cast<std::int64_t>(report.undelivered.size() - kWaiting)));
  }
  page.Set("undelivered", std::vector<View>{std::move(list)});
}

void SetAdvice(const Voice& voice, const ReportFacts& facts, View& page) {
  std::vector<View> steps;
  for (const words::Advice& advice : words::WhatToDo(voice, facts)) {
    View& step = steps.emplace_back();
    step.Set("step_number", std::to_string(steps.size()));
    step.Set("step_text", advice.text);
    if (advice.commands.empty()) continue;
    View& commands = step.lists["step_commands"].emplace_back();
    commands.Set("commands", EachAs("command", advice.commands));
    commands.Set("commands_left_out", advice.more);
  }
  if (steps.empty() && facts.report.kind != ReportKind::kTest) {
    page.Set("nothing_to_do", voice.Say("advice.nothing"));
  }
  if (!steps.empty()) page.lists["to_do"].emplace_back().Set("steps", std::move(steps));
}

}  // namespace

View PageOf(const Voice& voice, const ReportFacts& facts) {
  const Report& report = facts.report;
  View page;
  page.Set("headline", words::Headline(voice, facts));
  SetTone(page, "page", ToneOf(facts));
  page.Set("preview", Preview(voice, facts));
  page.Set("cluster", ShowForeign(report.cluster_name));
  page.Set("openings", EachAs("opening", words::Opening(voice, facts)));
  SetWatch(voice, report, page);
  SetRuns(voice, facts, page);
  SetLabels(voice, report, page);
  SetUndelivered(voice, report, page);
  if (const auto unknown = EachAs("unknown", words::WhatIsNotKnown(voice, facts));
      !unknown.empty()) {
    page.lists["not_known"].emplace_back().Set("unknowns", unknown);
  }
  SetAdvice(voice, facts, page);
  page.Set("footer", voice.Say("footer", {{"when", voice.When(report.created_at)}}));
  return page;
}

}  // namespace backup_monitor::report::mail
