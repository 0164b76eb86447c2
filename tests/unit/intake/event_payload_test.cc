#include "intake/event_payload.h"

#include <string>

#include "catch.h"

namespace backup_monitor::intake {
namespace {

TEST_CASE("an event is a hint: any JSON object is one", "[intake]") {
  const std::string body =
      GENERATE(as<std::string>{}, R"({"node_id":1,"backup_id":1,"module_id":"mail1"})",
               R"({"node_id":"1","backup_id":null})", "{}", " {\"more\":[1,{}]} ");
  CAPTURE(body);

  CHECK(ParseEvent(body));
}

TEST_CASE("what is no JSON object is no event", "[intake]") {
  const std::string body =
      GENERATE(as<std::string>{}, "", "[]", "1", "null", "{", "{}{}", "{'a':1}");
  CAPTURE(body);

  const auto event = ParseEvent(body);

  REQUIRE_FALSE(event);
  CHECK(event.error().code == ErrorCode::kInvalidInput);
}

}  // namespace
}  // namespace backup_monitor::intake
