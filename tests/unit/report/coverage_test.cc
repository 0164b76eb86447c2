// What a report says of applications in no plan, and of backups that would be lost with their application.

#include "catch.h"
#include "report/facts/derive_facts.h"
#include "report/json/report_json.h"
#include "report/mail/palette.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::testing {
namespace {

using Catch::Matchers::Contains;
using report::FactsOf;

Report Unprotected(std::vector<ModuleId> modules) {
  Report report = Of({}, ReportKind::kUnprotected);
  report.modules = modules;
  report.watch.unprotected = std::move(modules);
  for (const ModuleId& module : report.watch.unprotected)
    report.watch.unprotected_since.emplace(module, kNight - 2 * kDay);
  return report;
}

TEST_CASE("a message of its own names the applications in no plan", "[report][coverage]") {
  const Report one = Unprotected({ModuleId{"web1"}});
  CHECK_THAT(Written(one).subject, Contains("⚠️ Application in no backup plan: web1"));
  CHECK_THAT(
      OnOneLine(TextOf(one)),
      Contains("web1 has been in no enabled backup plan for a day or longer.") &&
          Contains("add to a backup plan: web1 (in none since Fri 20 Nov 2026, 02:14 CET, or "
                   "longer)."));
  CHECK(report::mail::ToneOf(FactsOf(one)).name == "warn");
  CHECK(one.worst() == Outcome::kIncomplete);
  const Report two = Unprotected({ModuleId{"web1"}, ModuleId{"<b>"}});
  CHECK_THAT(Written(two).subject, Contains("⚠️ Applications in no backup plan: web1, <b>"));
  CHECK_THAT(Written(two).html, Contains("&lt;b&gt;") && !Contains("<b> ("));
  CHECK_THAT(OnOneLine(TextOf(two)), Contains("2 applications have been in no enabled backup plan "
                                              "for a day or longer: web1, <b>."));
}

TEST_CASE("each report says which applications are in no plan, and since when",
          "[report][coverage]") {
  Report report = Of({Section(Outcome::kSuccess, {Line("mail1", Verdict::kSucceeded)})});
  report.watch.unprotected = {ModuleId{"web1"}, ModuleId{"new1"}};
  report.watch.unprotected_since.emplace(ModuleId{"web1"}, kNight - kDay);
  CHECK_THAT(OnOneLine(TextOf(report)),
             Contains("add to a backup plan: web1 (in none since Sat 21 Nov 2026, 02:14 CET, or "
                      "longer), new1."));
  CHECK_THAT(report::json::ReportJson(FactsOf(report)),
             Contains(R"("unprotected":["web1","new1"],"unprotected_since":[{"module":"web1",)"
                      R"("since":"2026-11-21T01:14:00Z","since_unix":1795223640}],"exempt":[])"));
}

TEST_CASE("a test mail and a report on request name what is exempt, and why",
          "[report][coverage]") {
  const auto kind = GENERATE(ReportKind::kTest, ReportKind::kOnRequest);
  Report report = Of({}, kind);
  report.watch.exempt.emplace(ModuleId{"web1"}, Exemption{kNight + kDay, "moved <soon>"});
  CHECK_THAT(OnOneLine(TextOf(report)),
             Contains("Exempt from backup: web1 until Mon 23 Nov 2026, 02:14 CET (moved <soon>)."));
  CHECK_THAT(Written(report).html, Contains("moved &lt;soon&gt;"));
  CHECK_THAT(report::json::ReportJson(FactsOf(report)),
             Contains(R"("exempt":[{"module":"web1","until":"2026-11-23T01:14:00Z",)"
                      R"("until_unix":1795396440,"reason":"moved <soon>"}])"));
}

TEST_CASE("a report on request names backups that lie on the node of their application",
          "[report][coverage]") {
  Report report = Of({Section(Outcome::kSuccess, {Line("mail1", Verdict::kSucceeded)})},
                     ReportKind::kOnRequest);
  report.same_disk = {
      {PlanId{"1"}, "Nightly", *NodeId::Parse("2"), "Rome", {ModuleId{"mail1"}}},
      {PlanId{"2"}, "Weekly", *NodeId::Parse("1"), "", {ModuleId{"a1"}, ModuleId{"b1"}}}};
  CHECK_THAT(
      OnOneLine(TextOf(report)),
      Contains("mail1 runs on node 2 (Rome), where the destination of the plan Nightly lies: if "
               "the node is lost, these backups are lost with it.") &&
          Contains("2 applications run on node 1, where the destination of the plan Weekly lies: "
                   "if the node is lost, these backups are lost with it (a1, b1)."));
}

}  // namespace
}  // namespace backup_monitor::testing
