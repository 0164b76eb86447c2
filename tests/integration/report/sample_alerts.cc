#include "integration/report/sample_alerts.h"

#include "unit/report/report_builder.h"

namespace backup_monitor::testing {
namespace {

constexpr Time kAlert = kNight + 80 * kMinute;

RunSection Good() {
  return Section(Outcome::kSuccess, {Line("mail1", Verdict::kSucceeded, "Mail server"),
                                     Line("samba1", Verdict::kSucceeded, "Files")});
}

RunSection Weekly() {
  RunSection run = Good();
  run.plan = PlanId{"2"};
  run.plan_name = "Weekly, off-site";
  run.destination_name = "Backblaze B2";
  return run;
}

// Every record says success, and the alert says that something failed.
RunSection NotConfirmed() {
  RunSection run = Good();
  run.outcome = Outcome::kIncomplete;
  run.alert = CausingAlert{kAlert, "2", true};
  run.alert_unexplained = true;
  run.episode.Add(run.outcome, {});
  run.failing_since = kNight;
  return run;
}

Report NotConfirmedAgain() {
  RunSection run = NotConfirmed();
  run.alert = CausingAlert{kAlert, "", true, true};
  run.episode.Add(run.outcome, {});
  run.failing_since = kNight - kDay;
  return Of({run});
}

Report ConfirmedAgain() {
  RunSection run = Good();
  run.episode.Add(Outcome::kIncomplete, {});
  return Of({run});
}

Report Explained() {
  RunSection run = Section(Outcome::kPartial, {Line("mail1", Verdict::kFailed, "Mail server"),
                                               Line("samba1", Verdict::kSucceeded, "Files")});
  run.alert = CausingAlert{kAlert, "2", true};
  return Of({run});
}

// An alert, and no result since: the run is there for the alert alone.
RunSection OnlyAlerted() {
  RunSection run = Section(Outcome::kIncomplete, {Line("mail1", std::nullopt, "Mail server"),
                                                  Line("samba1", std::nullopt, "Files")});
  run.open = true;
  run.begin = kAlert;
  run.end.reset();
  run.episode = {};
  run.failing_since.reset();
  run.alert = CausingAlert{kAlert, "2", true};
  run.alert_unexplained = true;
  return run;
}

// The time for a result is over, and none came.
Report NoResult() {
  RunSection run =
      Section(Outcome::kIncomplete, {Line("mail1", Verdict::kNotFinished, "Mail server"),
                                     Line("samba1", Verdict::kNotFinished, "Files")});
  run.begin = kAlert;
  run.end.reset();
  run.alert = CausingAlert{kAlert, "2", true};
  run.alert_unexplained = true;
  return Of({run});
}

Report OnAlert(std::vector<RunSection> runs, std::string_view plan) {
  Report report = Of(std::move(runs), ReportKind::kOnRequest);
  report.alert.emplace();
  report.alert->labels = {{"alertname", "BackupFailed"}, {"node", "2"}};
  if (!plan.empty()) report.alert->labels.emplace("name", plan);
  report.alert->starts_at = kAlert;
  return report;
}

Report Summary(std::int64_t alerts, std::vector<std::string> names) {
  Report report = Of({}, ReportKind::kAlertSummary);
  report.alert_summary = AlertSummary{kNight, kNight + kHour, alerts, std::move(names)};
  return report;
}

Report ManyUnknownPlans() {
  std::vector<std::string> names;
  for (int i = 1; i <= 12; ++i) names.push_back("customer backup " + std::to_string(i));
  return Summary(8'816, names);
}

// Ended, and the report waits for the looks into the repositories.
RunSection BeingChecked(Outcome outcome, std::vector<ModuleLine> modules) {
  RunSection run = Section(outcome, std::move(modules));
  run.being_checked = true;
  return run;
}

RunSection GoodBeingChecked() { return BeingChecked(Outcome::kSuccess, Good().modules); }

RunSection BadBeingChecked() {
  ModuleLine mail = Line("mail1", Verdict::kFailed, "Mail server");
  mail.error_count = 2;
  return BeingChecked(Outcome::kPartial, {mail, Line("samba1", Verdict::kSucceeded, "Files")});
}

}  // namespace

std::vector<Sample> AlertSamples() {
  return {{"not_confirmed", Of({NotConfirmed()})},
          {"not_confirmed_again", NotConfirmedAgain()},
          {"confirmed_again", ConfirmedAgain()},
          {"alert_explained", Explained()},
          {"alert_open", Of({OnlyAlerted(), Weekly()}, ReportKind::kOnRequest)},
          {"alert_without_result", NoResult()},
          {"alert_told_before", OnAlert({Good()}, "Nightly")},
          {"alert_without_plan", OnAlert({Good(), Weekly()}, "")},
          {"alert_summary", ManyUnknownPlans()},
          {"alert_summary_one", Summary(1, {"Old nightly"})},
          {"being_checked", Of({GoodBeingChecked()}, ReportKind::kOnRequest)},
          {"being_checked_errors", Of({BadBeingChecked(), Weekly()}, ReportKind::kOnRequest)}};
}

}  // namespace backup_monitor::testing
