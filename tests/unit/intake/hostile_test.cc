#include <string>

#include "catch.h"
#include "intake/alert_payload.h"
#include "intake/event_payload.h"

namespace backup_monitor::intake {
namespace {

const std::vector<std::string> kOneName{"BackupFailed"};

std::string Repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST_CASE("nesting in the text cannot exhaust the stack", "[intake][hostile]") {
  const std::string text =
      GENERATE(as<std::string>{}, std::string(262'144, '['), Repeated("{\"a\":", 50'000),
               R"({"alerts":)" + std::string(262'144, '['));
  CHECK_FALSE(ParseAlerts(text, kOneName));
  CHECK_FALSE(ParseEvent(text));
}

TEST_CASE("deep nesting that is closed again is read, and does no harm", "[intake][hostile]") {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  const auto intake =
      ParseAlerts(R"({"x":)" + deep + R"(,"alerts":[{"labels":{"alertname":"BackupFailed","y":)" +
                      deep + "}}," + deep + "]}",
                  kOneName);
  REQUIRE(intake);
  CHECK(intake->firing.size() == 1);
  CHECK(intake->foreign == 1);
}

TEST_CASE("broken UTF-8 is refused", "[intake][hostile]") {
  const std::string bytes = GENERATE(as<std::string>{}, "\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80",
                                     "\xf5\x80\x80\x80", "\\ud800");
  CAPTURE(bytes);
  const auto body = R"({"alerts":[{"labels":{"alertname":"BackupFailed","id":")" + bytes + "\"}}]}";

  CHECK_FALSE(ParseAlerts(body, kOneName));
  CHECK_FALSE(ParseEvent(body));
}

TEST_CASE("a text is judged alike with and without letters beyond ASCII", "[intake][hostile]") {
  const std::string text =
      GENERATE(as<std::string>{}, R"({"alerts":[],"x":"è"})", R"({"alerts":[],"x":"è"} )",
               R"({"alerts":[],"x":"è"}x)", R"({"alerts":[],"x":"è")", R"({"alerts":[],"x":"è)",
               R"({"alerts":[],"x":"è\ud800"})", R"({"alerts":[],"x":"è\u12"})",
               "{\"alerts\":[],\"x\":\"è\n\"}", R"({"alerts":[{}],"x":"è","y":1e999})",
               R"({"alerts":[01],"x":"è"})", R"(è{"alerts":[]})");
  CAPTURE(text);
  std::string plain = text;
  plain.replace(plain.find("è"), 2, "ee");

  const auto letters = ParseAlerts(text, kOneName);
  const auto ascii = ParseAlerts(plain, kOneName);

  REQUIRE(letters.has_value() == ascii.has_value());
  if (!letters) CHECK(letters.error().message == ascii.error().message);
}

TEST_CASE("a null byte in a label is data", "[intake][hostile]") {
  const auto intake = ParseAlerts(
      R"({"alerts":[{"labels":{"alertname":"BackupFailed","id":"a\u0000b"}}]})", kOneName);
  REQUIRE(intake);
  CHECK(intake->firing.at(0).labels.at("id") == std::string("a\0b", 3));

  CHECK_FALSE(ParseAlerts(std::string("{\"alerts\":[]}\0", 14), kOneName));
}

}  // namespace
}  // namespace backup_monitor::intake
