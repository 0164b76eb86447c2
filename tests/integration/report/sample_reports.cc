#include "integration/report/sample_reports.h"

#include "integration/report/sample_alerts.h"
#include "integration/report/sample_findings.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::testing {
namespace {

ModuleLine On(ModuleLine line, const char* node, std::string node_name) {
  line.node = *NodeId::Parse(node);
  line.node_name = std::move(node_name);
  return line;
}

ModuleLine Timed(ModuleLine line, seconds after, seconds took, seconds before) {
  line.started = kNight + after;
  line.ended = *line.started + took;
  line.previous_duration = before;
  if (line.verdict == Verdict::kSucceeded) line.last_good = line.ended;
  return line;
}

ModuleLine Sized(ModuleLine line, std::uint64_t size, std::uint64_t before) {
  line.size_bytes = size;
  line.previous_size_bytes = before;
  return line;
}

std::vector<ModuleLine> GoodOnes() {
  const auto good = [](const char* id, const char* name) {
    return Line(id, Verdict::kSucceeded, name);
  };
  return {On(Timed(Sized(good("mattermost1", "Team chat"), 1'840'000'000, 1'801'000'000),
                   240 * seconds{1}, 95 * seconds{1}, 91 * seconds{1}),
             "1", "Milan"),
          Timed(Sized(good("nethvoice1", "Telephony"), 12'730'000'000, 12'730'000'000), 9 * kMinute,
                4 * kMinute, 4 * kMinute),
          On(Timed(Sized(good("samba1", "Files"), 418'300'000'000, 420'900'000'000), 14 * kMinute,
                   41 * kMinute, 38 * kMinute),
             "1", "Milan"),
          Timed(Sized(good("webtop1", ""), 7'512'000'000, 7'330'000'000), 60 * kMinute, 5 * kMinute,
                6 * kMinute)};
}

RunSection FailedNight() {
  ModuleLine mail =
      Timed(Line("mail1", Verdict::kFailed, "Mail server"), seconds{0}, 3 * kMinute, 12 * kMinute);
  mail.episode.failed = 3;
  ModuleLine cloud = On(Timed(Line("nextcloud1", Verdict::kFailed, "Nextcloud"), 4 * kMinute,
                              40 * seconds{1}, 31 * kMinute),
                        "1", "Milan");
  cloud.error_count = 2;
  RunSection run = Section(Outcome::kRepoFailure,
                           {mail, cloud, Line("dokuwiki1", Verdict::kNotFinished, "Handbook")});
  run.episode.failed = 3;
  run.failing_since = kNight - 2 * kDay;
  run.closed_at = kNight + 80 * kMinute;
  for (ModuleLine& line : run.modules) line.target = 2 * kDay;
  run.end = kNight + 5 * kMinute;
  return run;
}

RunSection Partial() {
  RunSection run = FailedNight();
  run.outcome = Outcome::kPartial;
  run.end = kNight + 65 * kMinute;
  run.closed_at = kNight + 66 * kMinute;
  run.modules.front().last_good_plan = "Weekly";
  ModuleLine wiki = Line("wordpress1", Verdict::kSavedWithErrors, "Web site");
  run.modules.insert(run.modules.begin() + 2, wiki);
  run.modules.push_back(Line("piler1", Verdict::kNeverRan, "Archive"));
  for (ModuleLine& line : GoodOnes()) run.modules.push_back(std::move(line));
  return run;
}

RunSection Success() {
  RunSection run = Section(Outcome::kSuccess, GoodOnes());
  run.end = kNight + 65 * kMinute;
  return run;
}

Report Recovery() {
  RunSection run = Success();
  run.episode.failed = 3;
  run.modules[0].episode.failed = 3;
  run.modules[2].episode.failed = 1;
  run.left_plan = {ModuleId{"imap1"}};
  return Of({run});
}

Report EarlyNotice() {
  RunSection run = Partial();
  run.open = true;
  run.end.reset();
  run.episode.failed = 1;
  run.modules.resize(2);
  for (const char* id : {"samba1", "webtop1", "nethvoice1"})
    run.modules.push_back(Line(id, std::nullopt));
  run.modules.push_back(Line("mattermost1", Verdict::kSucceeded, "Team chat"));
  return Of({run}, ReportKind::kEarlyNotice);
}

Report LateNotice() {
  RunSection run = Success();
  run.open = true;
  run.end.reset();
  run.known_by = kNight + 5 * kHour;
  run.modules.insert(run.modules.begin(), Line("nextcloud1", std::nullopt, "Nextcloud"));
  return Of({run}, ReportKind::kLateNotice);
}

Report LateNoticeWithErrors() {
  Report report = EarlyNotice();
  report.kind = ReportKind::kLateNotice;
  report.runs.front().known_by = kNight + 5 * kHour;
  return report;
}

Report Update() {
  RunSection run = Success();
  run.modules[1].previous_verdict = Verdict::kNotFinished;
  run.modules[2].previous_verdict = Verdict::kFailed;
  run.modules[3].from_other_run = true;
  return Of({run}, ReportKind::kUpdate);
}

Report UnknownPlan(ReportKind kind) {
  Report report = Of({}, kind);
  report.alert.emplace();
  report.alert->labels = {
      {"alertname", "NethServerBackupFailed"}, {"name", "Old nightly"}, {"node", "2"}};
  report.alert->starts_at = kNight - 5 * kMinute;
  return report;
}

Report SeveralPlans() {
  RunSection weekly = Success();
  weekly.plan = PlanId{"2"};
  weekly.plan_name = "Weekly, off-site";
  weekly.destination_name = "Backblaze B2";
  Report report = Of({FailedNight(), weekly});
  report.runs[0].gap = Gap{kNight - 3 * kDay, kNight - kDay};
  report.complaints = {
      "backup status of node 3, plan 1, module mail2: status record is not a JSON object"};
  return report;
}

Report OnRequest() {
  Report report = SeveralPlans();
  report.kind = ReportKind::kOnRequest;
  report.watch.unprotected = {ModuleId{"loki1"}, ModuleId{"crowdsec1"}};
  report.watch.unprotected_since = {{ModuleId{"loki1"}, kNight - 9 * kDay}};
  report.watch.exempt = {{ModuleId{"test1"}, {kNight + 9 * kDay, "a machine for tests"}}};
  report.plans = {{PlanId{"9"}, "Quarterly", {PlanState::kLate, kNight, kNight + 90 * kDay, ""}}};
  report.contradictions = Contradictions("Old plan");
  report.same_disk = {
      {PlanId{"1"}, "Nightly", *NodeId::Parse("2"), "Rome", {ModuleId{"mail1"}, ModuleId{"web1"}}}};
  report.recovery = {{ModuleId{"mail1"}, "Mail server", *NodeId::Parse("2"), "Rome", true,
                      kNight - 3 * kDay, 49 * kHour}};
  return report;
}

Report CompactPlan() {
  RunSection run = Section(Outcome::kRepoFailure, {});
  run.origin = RunOrigin::kCompact;
  run.plan_status = CompactPlanStatus{.timestamp = kNight,
                                      .succeeded = false,
                                      .error_count = 2,
                                      .error_text = "repository is already locked"};
  return Of({run});
}

Report NoStatus() {
  RunSection run =
      Section(Outcome::kRepoFailure, {Line("mail1", Verdict::kNeverRan, "Mail server")});
  run.modules[0].last_good.reset();
  run.origin = RunOrigin::kNoStatus;
  run.end.reset();
  Report report = UnknownPlan(ReportKind::kNoStatus);
  report.runs = {run};
  return report;
}

Report Undelivered() {
  Report report = Of({}, ReportKind::kUndelivered);
  report.undelivered = {
      {kNight - 4 * kDay,
       "[NS8 Backup] ❌ Backup failed: Nightly — 0 of 3 modules without errors, cluster example"},
      {kNight - 3 * kDay,
       "[NS8 Backup] ✅ Backup completed: Nightly — 3 of 3 modules without errors, cluster "
       "example"}};
  return report;
}

// Every name that a stranger can choose, with what could break a header, a page or a line.
Report Hostile() {
  const std::string evil =
      "</td><script>alert(1)</script>\r\nBcc: victim@example.org\r\n\r\n<b>\xE2\x80\xAE"
      "evil\xE2\x81\xA6\x01\xFF\xC0\xAF{{footer}}{count}&amp;\"'";
  Report report = SeveralPlans();
  report.cluster_name = evil;
  report.complaints = {evil, std::string(10'000, 'x')};
  for (RunSection& run : report.runs) {
    run.plan_name = evil;
    run.destination_name = evil;
    for (ModuleLine& line : run.modules) {
      line.module = ModuleId{evil + line.module.value()};
      line.ui_name = std::string(10'000, '<') + evil;
      line.node_name = evil;
      line.error_text = evil + std::string(10'000, '&');
      line.finding.emplace();
      line.finding->cause = ProbeCause::kLocked;
      line.finding->words = evil + std::string(10'000, '<');
    }
  }
  report.kind = ReportKind::kNoStatus;
  report.alert.emplace();
  report.alert->labels = {{evil, evil}, {"name", evil}};
  report.runs[0].left_plan = {ModuleId{evil}};
  return report;
}

Report Large(int modules, int failed) {
  RunSection run = Section(failed > 0 ? Outcome::kPartial : Outcome::kSuccess, {});
  for (int i = 0; i < modules; ++i) {
    const std::string number = std::to_string(i + 1);
    ModuleLine line =
        Line("nextcloud" + number, i < failed ? Verdict::kFailed : Verdict::kSucceeded,
             "Customer cloud " + number);
    if (i < failed) line.episode.failed = 1 + i % 4;
    run.modules.push_back(
        On(line, std::to_string(1 + i % 10).c_str(), "Site " + std::to_string(1 + i % 10)));
  }
  return Of({run});
}

Report NeverDue() {
  Report report = Of({}, ReportKind::kNeverDue);
  report.plans = {
      {PlanId{"1"}, "Nightly", {PlanState::kNever, {}, {}, "the hour 99 is not 0 to 23"}},
      {PlanId{"7"}, "Move to the new NAS", {PlanState::kNever, {}, {}, "it never elapses again"}}};
  return report;
}

Report Unprotected() {
  Report report = Of({}, ReportKind::kUnprotected);
  report.modules = report.watch.unprotected = {ModuleId{"n8n1"}, ModuleId{"web1"}};
  report.watch.unprotected_since = {{ModuleId{"n8n1"}, kNight - kDay}, {ModuleId{"web1"}, kNight}};
  return report;
}

Report RecoveryPoint() {
  Report report = Of({}, ReportKind::kRecoveryPoint);
  report.recovery = {{ModuleId{"mail1"}, "Mail server", *NodeId::Parse("2"), "Rome", true,
                      kNight - 3 * kDay, 49 * kHour},
                     {ModuleId{"webtop1"}, "", std::nullopt, "", false, kNight, 49 * kHour}};
  return report;
}

}  // namespace

std::vector<Sample> SampleReports() {
  RunSection incomplete = Partial();
  incomplete.outcome = Outcome::kIncomplete;
  incomplete.modules.erase(incomplete.modules.begin(), incomplete.modules.begin() + 3);
  RunSection missed = Section(Outcome::kMissed, {});
  missed.end.reset();
  Report test = Of({}, ReportKind::kTest);
  test.watch.unprotected = {ModuleId{"loki1"}};
  std::vector<Sample> samples{{"failed", Of({FailedNight()})},
                              {"partial", Of({Partial()})},
                              {"incomplete", Of({incomplete})},
                              {"success", Of({Success()})},
                              {"missed", Of({missed})},
                              {"recovery", Recovery()},
                              {"early_notice", EarlyNotice()},
                              {"late_notice", LateNotice()},
                              {"late_notice_with_errors", LateNoticeWithErrors()},
                              {"never_due", NeverDue()},
                              {"recovery_point", RecoveryPoint()},
                              {"unprotected", Unprotected()},
                              {"update", Update()},
                              {"no_status", NoStatus()},
                              {"nothing_found", UnknownPlan(ReportKind::kNoStatus)},
                              {"unknown_plan", UnknownPlan(ReportKind::kUnknownPlan)},
                              {"several_plans", SeveralPlans()},
                              {"on_request", OnRequest()},
                              {"on_request_nothing", Of({}, ReportKind::kOnRequest)},
                              {"compact_plan", CompactPlan()},
                              {"test", test},
                              {"undelivered", Undelivered()},
                              {"hostile", Hostile()},
                              {"200_failed", Large(260, 200)},
                              {"2000_modules", Large(2000, 700)}};
  for (Sample& sample : FindingSamples()) samples.push_back(std::move(sample));
  for (Sample& sample : AlertSamples()) samples.push_back(std::move(sample));
  return samples;
}

}  // namespace backup_monitor::testing
