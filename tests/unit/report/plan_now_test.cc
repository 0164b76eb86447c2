// A report on request: what the schedules say of the plans now, beside their last runs.

#include "catch.h"
#include "report/mail/palette.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report {
namespace {

using namespace testing;
using Catch::Contains;

constexpr Time kDueTonight = kNight;  // Sun 22 Nov 2026, 02:14 in Rome

RunSection Good(PlanState state, std::string never_due = "") {
  RunSection run = Section(Outcome::kSuccess, {Line("mail1", Verdict::kSucceeded)});
  run.plan_now = PlanStatus{state, {}, kDueTonight + 24 * kHour, std::move(never_due)};
  run.schedule.next = run.plan_now->next;
  if (state == PlanState::kLate || state == PlanState::kMissed) run.plan_now->due = kDueTonight;
  return run;
}

Report Requested(std::vector<RunSection> runs, std::vector<PlanLine> without_run = {}) {
  Report report = Of(std::move(runs));
  report.kind = ReportKind::kOnRequest;
  report.plans = std::move(without_run);
  return report;
}

PlanLine Weekly(PlanStatus status) { return {PlanId{"2"}, "Weekly", std::move(status)}; }

std::string SubjectOf(const Report& report) { return Written(report).subject; }

std::string ToneOf(const Report& report) { return std::string{mail::ToneOf(FactsOf(report)).name}; }

TEST_CASE("a plan that is good says when it is due next", "[report][schedule]") {
  const Report report = Requested({Good(PlanState::kGood)});
  CHECK_THAT(SubjectOf(report), Contains("On request: ✅ Backup completed: Nightly — 1 of 1"));
  CHECK_THAT(TextOf(report), Contains("The next run is due on Mon 23 Nov 2026, 02:14 CET."));
  CHECK(ToneOf(report) == "good");
}

TEST_CASE("a success is no good news where the plan is late, missed, never due or its run old",
          "[report][schedule]") {
  struct Case {
    RunSection run;
    std::string headline;
    std::string sentence;
    std::string tone;
    std::string advice;
  };
  const std::vector<Case> cases{
      {Good(PlanState::kLate), "⏰ Backup late", "The plan was due on Sun 22 Nov 2026, 02:14 CET",
       "warn", "were its nodes on"},
      {Good(PlanState::kMissed), "🕳 Backup did not run",
       "and did not run. This is a run outside the schedule.", "bad", "were its nodes on"},
      {Good(PlanState::kNever, "no such day"), "🕳 Backup never runs by itself",
       "The plan never runs by itself: no such day.", "bad", "choose another schedule"},
      {Good(PlanState::kUnknown), "❓ Backup status unknown",
       "This is the last known run. Whether the plan has run since is not known.", "warn",
       "check the plan and its applications"},
  };
  for (const Case& one : cases) {
    INFO(one.headline);
    const Report report = Requested({one.run});
    CHECK_THAT(SubjectOf(report), Contains("On request: " + one.headline + ": Nightly") &&
                                      !Contains("✅") && !Contains("1 of 1"));
    CHECK_THAT(TextOf(report), Contains(one.sentence) && Contains(one.advice) && !Contains("✅ B"));
    CHECK(ToneOf(report) == one.tone);
    // The run of a final report has ended as it has.
    CHECK_THAT(SubjectOf(Of({one.run})), !Contains("On request"));
  }
}

TEST_CASE("a run that failed, or goes on, is not hidden by its schedule", "[report][schedule]") {
  RunSection failed = Good(PlanState::kLate);
  failed.outcome = Outcome::kRepoFailure;
  failed.modules.front().verdict = Verdict::kFailed;
  CHECK_THAT(SubjectOf(Requested({failed})), Contains("On request: ❌ Backup failed"));
  CHECK_THAT(TextOf(Requested({failed})), Contains("no result has come yet"));
  RunSection open = Good(PlanState::kNever, "no such day");
  open.open = true;
  CHECK_THAT(SubjectOf(Requested({open})), Contains("On request: ⏳ Backup still running"));
  CHECK_THAT(TextOf(Requested({open})), Contains("never runs by itself"));
}

TEST_CASE("a missed run says itself that it was missed", "[report][schedule]") {
  RunSection missed = Good(PlanState::kMissed);
  missed.outcome = Outcome::kMissed;
  missed.schedule.due = kDueTonight;
  missed.schedule.answer_by = kDueTonight + kHour;
  const std::string text = TextOf(Requested({missed}));
  CHECK_THAT(text, Contains("The backup was due on") && !Contains("outside the schedule"));
}

TEST_CASE("plans without a run are named, and head the report if that is worse",
          "[report][schedule]") {
  const RunSection good = Good(PlanState::kGood);
  const Report fresh =
      Requested({good}, {Weekly({PlanState::kNever, {}, kDueTonight + 48 * kHour, ""})});
  CHECK_THAT(SubjectOf(fresh), Contains("✅ Backup completed: Nightly"));
  CHECK_THAT(TextOf(fresh), Contains("Weekly: no run is known yet. The next one is due on Tue 24"));
  CHECK(ToneOf(fresh) == "good");

  const Report late = Requested({good}, {Weekly({PlanState::kLate, kDueTonight, {}, ""})});
  CHECK_THAT(SubjectOf(late),
             Contains("On request: ⏰ Backup late: Weekly") && !Contains("Nightly"));
  CHECK_THAT(TextOf(late), Contains("Weekly: no run is known. It was due on Sun 22"));
  CHECK(ToneOf(late) == "warn");

  const Report never = Requested({}, {Weekly({PlanState::kNever, {}, {}, "no such day"})});
  CHECK_THAT(SubjectOf(never), Contains("🕳 Backup never runs by itself: Weekly"));
  CHECK_THAT(TextOf(never), Contains("and the plan never runs by itself: no such day.") &&
                                Contains("choose another schedule"));
  CHECK(ToneOf(never) == "bad");

  const Report unknown = Requested({}, {Weekly({PlanState::kUnknown, {}, {}, ""})});
  CHECK_THAT(TextOf(unknown), Contains("Weekly: no run is known yet.\n"));
  CHECK(ToneOf(unknown) == "info");
}

TEST_CASE("a report on plans that never run by themselves names each, with why",
          "[report][schedule]") {
  Report report;
  report.kind = ReportKind::kNeverDue;
  report.plans = {Weekly({PlanState::kNever, {}, {}, "no such day"}),
                  {PlanId{"3"}, "<b>", {PlanState::kNever, {}, {}, "it never elapses again"}}};
  CHECK_THAT(SubjectOf(report), Contains("🕳 Backup never runs by itself: Weekly, <b>"));
  const std::string text = TextOf(report);
  CHECK_THAT(text, Contains("The schedule of the plan Weekly never starts it: no such day.") &&
                       Contains("<b> never starts it: it never elapses again.") &&
                       Contains("choose another schedule"));
  CHECK_THAT(Written(report).html, Contains("&lt;b&gt;") && !Contains("<b> never"));
  CHECK(ToneOf(report) == "bad");
  CHECK(report.worst() == Outcome::kMissed);
  for (int i = 0; i < 9; ++i) report.plans.push_back(report.plans.back());
  CHECK_THAT(TextOf(report), Contains("1 more plan never runs by itself."));
}

TEST_CASE("of many plans without a run ten are named", "[report][schedule][bounds]") {
  std::vector<PlanLine> plans;
  for (int i = 1; i <= 11; ++i)
    plans.push_back({PlanId{std::to_string(i)}, "Plan" + std::to_string(i) + "!", {}});
  const std::string text = TextOf(Requested({}, plans));
  CHECK_THAT(text, Contains("Plan10!:") && !Contains("Plan11!") &&
                       Contains("No run is known of 1 more plan."));
}

}  // namespace
}  // namespace backup_monitor::report
