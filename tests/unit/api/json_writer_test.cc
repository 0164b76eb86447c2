#include "app/api/json_writer.h"

#include <catch2/catch.hpp>

namespace backup_monitor {
namespace {

TEST_CASE("a time is written for people and for programs", "[api]") {
  JsonWriter json;
  json.BeginObject();
  json.Moment("end", Time{seconds{7}});
  json.Moment("closed_at", std::nullopt);
  json.EndObject();
  CHECK(json.Take() ==
        R"({"end":"1970-01-01T00:00:07Z","end_unix":7,"closed_at":null,"closed_at_unix":null})");
}

TEST_CASE("foreign text leaves as valid JSON", "[api][hostile]") {
  JsonWriter json;
  json.BeginObject();
  json.Text("name", "a\"\n\xff</script>");
  json.EndObject();
  CHECK(json.Take() == "{\"name\":\"a\\\"\\n\xef\xbf\xbd</script>\"}");
}

}  // namespace
}  // namespace backup_monitor
