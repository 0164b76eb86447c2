#include "report/mail/page.h"

#include <algorithm>

#include "report/facts/standing.h"
#include "report/mail/palette.h"
#include "report/mail/run_view.h"
#include "report/words/advice.h"
#include "report/words/lead.h"
#include "report/words/names.h"
#include "report/words/subject.h"
#include "report/words/unknowns.h"
#include "text/fit_text.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kRunsInFull = 30;
constexpr std::size_t kLabels = 30;
constexpr std::size_t kWaiting = 50;
constexpr std::size_t kNamesInPreview = 5;

// What a mail client shows beside the subject: the names that a person wants to see first.
std::string Preview(const Voice& voice, const Report& report) {
  std::vector<std::string> with_errors;
  std::vector<std::string> without_snapshot;
  std::vector<std::string> fallen;
  for (const RunSection& run : report.runs) {
    for (const ModuleLine& line : run.modules) {
      if (line.verdict == Verdict::kFailed || line.verdict == Verdict::kSavedWithErrors) {
        with_errors.push_back(ModuleName(line));
      } else if (SucceededWithoutSnapshot(run, line)) {
        without_snapshot.push_back(ModuleName(line));
      } else if (HasFallen(run, line)) {
        fallen.push_back(ModuleName(line));
      }
    }
  }
  if (!with_errors.empty()) {
    return voice.Say("preview", {{"names", Joined(voice, with_errors, kNamesInPreview)}});
  }
  if (!without_snapshot.empty()) {
    return voice.Say("preview.no_snapshot",
                     {{"names", Joined(voice, without_snapshot, kNamesInPreview)}});
  }
  if (fallen.empty()) return {};
  return voice.Say("preview.fallen", {{"names", Joined(voice, fallen, kNamesInPreview)}});
}

void SetRuns(const Voice& voice, const Report& report, View& page) {
  RowBudget budget;
  std::vector<View> runs;
  std::vector<View> good;
  const std::size_t shown = std::min(report.runs.size(), kRunsInFull);
  // Problems take from the budget first, those of the last run before what went well in the first.
  for (std::size_t i = 0; i < shown; ++i)
    runs.push_back(RunView(voice, report, report.runs[i], budget));
  for (std::size_t i = 0; i < shown; ++i) {
    auto modules = GoodModules(voice, report.runs[i], budget);
    if (!modules) continue;
    if (report.runs.size() == 1) modules->texts.erase("good_plan");
    good.push_back(std::move(*modules));
  }
  page.Set("runs", std::move(runs));
  if (!good.empty()) page.lists["all_good"].emplace_back().Set("good_runs", std::move(good));
  if (report.runs.size() > kRunsInFull) {
    page.Set(
        "runs_left_out",
        voice.Count("runs_left_out", static_cast<std::int64_t>(report.runs.size() - kRunsInFull)));
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
  if (!watch.unprotected.empty()) {
    page.Set("unprotected",
             voice.Count("unprotected", static_cast<std::int64_t>(watch.unprotected.size())));
  }
}

void SetUndelivered(const Voice& voice, const Report& report, View& page) {
  std::vector<View> waiting;
  for (const WaitingSubject& subject : report.undelivered) {
    if (waiting.size() == kWaiting) break;
    View& one = waiting.emplace_back();
    one.Set("waiting_since", voice.When(subject.created_at));
    one.Set("waiting_subject", ShowForeign(subject.subject, kSubjectBytes));
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

void SetAdvice(const Voice& voice, const Report& report, View& page) {
  std::vector<View> steps;
  for (const Advice& advice : WhatToDo(voice, report)) {
    View& step = steps.emplace_back();
    step.Set("step_number", std::to_string(steps.size()));
    step.Set("step_text", advice.text);
    if (advice.commands.empty()) continue;
    View& commands = step.lists["step_commands"].emplace_back();
    commands.Set("commands", EachAs("command", advice.commands));
    commands.Set("commands_left_out", advice.more);
  }
  if (steps.empty() && report.kind != ReportKind::kTest) {
    page.Set("nothing_to_do", voice.Say("advice.nothing"));
  }
  if (!steps.empty()) page.lists["to_do"].emplace_back().Set("steps", std::move(steps));
}

}  // namespace

View PageOf(const Voice& voice, const Report& report) {
  View page;
  page.Set("headline", Headline(voice, report));
  SetTone(page, "page", ToneOf(report));
  page.Set("preview", Preview(voice, report));
  page.Set("cluster", ShowForeign(report.cluster_name));
  page.Set("openings", EachAs("opening", Opening(voice, report)));
  SetWatch(voice, report, page);
  SetRuns(voice, report, page);
  SetLabels(voice, report, page);
  SetUndelivered(voice, report, page);
  if (const auto unknown = EachAs("unknown", WhatIsNotKnown(voice, report)); !unknown.empty()) {
    page.lists["not_known"].emplace_back().Set("unknowns", unknown);
  }
  SetAdvice(voice, report, page);
  page.Set("footer", voice.Say("footer", {{"when", voice.When(report.created_at)}}));
  return page;
}

}  // namespace backup_monitor
