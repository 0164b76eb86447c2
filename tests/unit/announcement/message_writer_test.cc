#include "announcement/message_writer.h"

#include "catch.h"
#include "report/facts/derive_facts.h"

namespace backup_monitor::announcement {
namespace {

TEST_CASE("a message carries its HTML beside the whole mail", "[message_writer]") {
  const MessageWriter writer{{"monitor@example.org", {"a@example.org"}, Language::kItalian, ""}};
  Report report;
  report.kind = ReportKind::kTest;
  const report::ReportFacts facts = report::FactsOf(report);

  const auto message = writer.Write(facts, {});

  REQUIRE(message);
  CHECK(message->html + "\n" == writer.Render(facts).html);
  CHECK_THAT(message->html, Catch::StartsWith("<!DOCTYPE html>") && Catch::EndsWith("</html>"));
  CHECK_THAT(message->mail, Catch::Contains("</html>\r\n--"));
}

}  // namespace
}  // namespace backup_monitor::announcement
