// Answers of Prometheus 2.42.0, and what is none. That the queries are the right ones is shown end to end, with a real
// Prometheus (tests/e2e/test_node_presence.py).

#include "adapters/prometheus/prometheus_answer.h"

#include <string>

#include "catch.h"

namespace backup_monitor::prometheus {
namespace {

using presence::Sample;

Time At(std::int64_t second) { return Time{seconds{second}}; }

std::string Matrix(const std::string& result) {
  return R"({"status":"success","data":{"resultType":"matrix","result":)" + result + "}}";
}
std::string Vector(const std::string& result) {
  return R"({"status":"success","data":{"resultType":"vector","result":)" + result + "}}";
}

TEST_CASE("samples are read in the order of their times, of every series", "[prometheus]") {
  const auto samples =
      ParseSamples(Matrix(R"([{"metric":{"__name__":"up","instance":"10.5.4.2:9100","node":"2"},)"
                          R"("values":[[1795399200.123,"1"],[1795399260.123,"0"]]},)"
                          R"({"metric":{"__name__":"up","instance":"10.5.4.9:9100","node":"2"},)"
                          R"("values":[[1795399230,"1"]]}])"));
  REQUIRE(samples);
  CHECK(*samples == std::vector<Sample>{
                        {At(1795399200), true}, {At(1795399230), true}, {At(1795399260), false}});
  CHECK(ParseSamples(Matrix("[]"))->empty());
}

TEST_CASE("the newest of several values is read", "[prometheus]") {
  CHECK(*ParseNewest(Vector(R"([{"metric":{},"value":[1795399300.1,"1795399200.75"]},)"
                            R"({"metric":{},"value":[1795399300.1,"1.795399210e+09"]}])")) ==
        At(1795399210));
  CHECK(*ParseNewest(Vector("[]")) == std::nullopt);
}

TEST_CASE("what is no such answer is refused", "[prometheus]") {
  const std::string body = GENERATE(
      as<std::string>{}, "", "[]", R"({"status":"error","error":"x"})", Vector("[]"), Matrix("{}"),
      Matrix(R"([{"metric":{}}])"), Matrix(R"([{"values":{}}])"), Matrix(R"([{"values":[1]}])"),
      Matrix(R"([{"values":[[1]]}])"), Matrix(R"([{"values":[[1,"1",2]]}])"),
      Matrix(R"([{"values":[[1,"NaN"]]}])"), Matrix(R"([{"values":[[-1,"1"]]}])"),
      Matrix(R"([{"values":[[253402300800,"1"]]}])"), Matrix(R"([{"values":[["x","1"]]}])"));
  CAPTURE(body);
  const auto samples = ParseSamples(body);
  REQUIRE_FALSE(samples);
  CHECK(samples.error().code == ErrorCode::kInvalidInput);
}

TEST_CASE("what is no time is refused", "[prometheus]") {
  const std::string value =
      GENERATE(as<std::string>{}, R"("value":[1,"-1"])", R"("value":[1,"+Inf"])", R"("value":[1])",
               R"("values":[[1,"1"]])");
  CAPTURE(value);
  CHECK_FALSE(ParseNewest(Vector(R"([{"metric":{},)" + value + "}]")));
  CHECK_FALSE(ParseNewest(Matrix("[]")));
}

}  // namespace
}  // namespace backup_monitor::prometheus
