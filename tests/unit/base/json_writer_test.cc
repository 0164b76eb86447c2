#include "base/json/json_writer.h"

#include "catch.h"

namespace backup_monitor {
namespace {

TEST_CASE("a time is written for people and for programs", "[base]") {
  JsonWriter json;
  json.BeginObject();
  json.Moment("end", Time{seconds{7}});
  json.Moment("closed_at", std::nullopt);
  json.EndObject();
  CHECK(json.Written() ==
        R"({"end":"1970-01-01T00:00:07Z","end_unix":7,"closed_at":null,"closed_at_unix":null})");
}

TEST_CASE("foreign text leaves as valid JSON", "[base][hostile]") {
  JsonWriter json;
  json.BeginObject();
  json.Text("name", "a\"\n\xff</script>");
  json.EndObject();
  CHECK(json.Written() == "{\"name\":\"a\\\"\\n\xef\xbf\xbd</script>\"}");
}

TEST_CASE("foreign names leave as valid JSON too", "[base][hostile]") {
  JsonWriter json;
  json.BeginObject();
  json.Text("\xff", "è");
  json.EndObject();
  CHECK(json.Written() == "{\"\xef\xbf\xbd\":\"è\"}");
}

TEST_CASE("bytes pass as they are", "[base]") {
  JsonWriter json;
  json.BeginObject();
  json.Bytes("a\xff", std::string_view{"\xfe\0", 2});
  json.EndObject();
  CHECK(json.Written() == "{\"a\xff\":\"\xfe\\u0000\"}");
}

TEST_CASE("every kind of member is written", "[base]") {
  JsonWriter json;
  json.BeginObject();
  json.BeginList("list");
  json.Text("x");
  json.Number(-1);
  json.EndList();
  json.BeginObject("object");
  json.Flag("yes", true);
  json.Number("least", std::int64_t{-9'223'372'036'854'775'807});
  json.Count("most", 18'446'744'073'709'551'615U);
  json.Count("none", std::nullopt);
  json.EndObject();
  json.Key("after");
  json.Text("");
  json.EndObject();
  CHECK(json.Written() == R"({"list":["x",-1],"object":{"yes":true,"least":-9223372036854775807,)"
                          R"("most":18446744073709551615,"none":null},"after":""})");
}

}  // namespace
}  // namespace backup_monitor
