#include "cluster/status_record_parser.h"

#include <string>

#include "catch.h"

namespace backup_monitor::cluster {
namespace {

Time At(std::int64_t count) { return Time{seconds{count}}; }

TEST_CASE("a status written by run-backup is read", "[cluster]") {
  StatusRecordParser parser;
  const auto status = parser.Parse(
      R"({"start": 1763800000, "end": 1763800090, "total_size": 4096, "total_file_count": 12,
          "snapshots_count": 1, "errors": 0})");
  REQUIRE(status);
  CHECK(status->start == At(1763800000));
  CHECK(status->end == At(1763800090));
  CHECK(status->error_count == 0);
  CHECK(status->restore_bytes == 4096U);
  CHECK(status->file_count == 12U);
  CHECK(status->snapshot_count == 1U);
}

TEST_CASE("what decides nothing may be missing, odd or a fraction", "[cluster]") {
  StatusRecordParser parser;
  const auto status = parser.Parse(
      R"({"start": 20, "end": 10, "errors": 2, "total_size": "?", "total_file_count": 7.9,
          "snapshots_count": -1, "new": {"start": 1, "errors": [5]}, "also": null})");
  REQUIRE(status);
  CHECK(status->start == At(20));
  CHECK(status->end == At(10));  // The clock stepped back.
  CHECK(status->error_count == 2);
  CHECK_FALSE(status->restore_bytes);
  CHECK(status->file_count == 7U);
  CHECK_FALSE(status->snapshot_count);
}

TEST_CASE("a number of more digits than fit is none", "[cluster][hostile]") {
  StatusRecordParser parser;
  const std::string size =
      GENERATE("9999999999999999999", "100000000000000000000000000000000000001");
  const auto status = parser.Parse(R"({"start": 20, "errors": 0, "total_size": )" + size + "}");
  REQUIRE(status);
  CHECK_FALSE(status->restore_bytes);
}

TEST_CASE("an end that is no time is the start", "[cluster]") {
  StatusRecordParser parser;
  const std::string end = GENERATE("-5", "\"soon\"", "253402300800", "1e300", "[]", "{}", "true");
  CAPTURE(end);
  const auto status = parser.Parse(R"({"start": 20, "errors": 0, "end": )" + end + "}");
  REQUIRE(status);
  CHECK(status->end == At(20));
}

TEST_CASE("whole numbers may be written as text or with a point", "[cluster]") {
  StatusRecordParser parser;
  const auto status =
      parser.Parse(R"({"start": "1763800000", "errors": 3.0, "end": 1763800000.9})");
  REQUIRE(status);
  CHECK(status->start == At(1763800000));
  CHECK(status->error_count == 3);
  CHECK(status->end == At(1763800000));
}

TEST_CASE("of a repeated member the last counts", "[cluster]") {
  StatusRecordParser parser;
  CHECK(parser.Parse(R"({"start":1,"errors":0,"errors":2})")->error_count == 2);
  CHECK_FALSE(parser.Parse(R"({"start":1,"errors":0,"errors":[]})"));
}

TEST_CASE("senselessly many errors are still errors", "[cluster]") {
  StatusRecordParser parser;
  CHECK(parser.Parse(R"({"start":1,"errors":4294967296})")->error_count == 1000);
}

TEST_CASE("a broken status is refused and the message names the member", "[cluster][hostile]") {
  struct Case {
    std::string json;
    std::string message;
  };
  const std::string no_object = "status is not a JSON object";
  const std::string no_start = "'start' is not a time in Unix seconds";
  const std::string no_errors = "'errors' is not a count";
  const Case broken = GENERATE_COPY(
      Case{"", no_object}, Case{"[]", no_object}, Case{"7", no_object}, Case{"null", no_object},
      Case{"\"x\"", no_object}, Case{"{", no_object}, Case{"{} {}", no_object},
      Case{R"({"start":1,"errors":0)", no_object}, Case{R"({"start":1,"errors":0}x)", no_object},
      Case{R"({"start":1,"errors":0,})", no_object}, Case{R"({"start":01,"errors":0})", no_object},
      Case{std::string{"{\"start\":1,\"errors\":0}\0", 23}, no_object}, Case{"{}", no_start},
      Case{R"({"end":1,"errors":0})", no_start}, Case{R"({"start":-1,"errors":0})", no_start},
      Case{R"({"start":true,"errors":0})", no_start}, Case{R"({"start":1.5,"errors":0})", no_start},
      Case{R"({"start":253402300800,"errors":0})", no_start},
      Case{R"({"start":99999999999999999999,"errors":0})", no_start},
      Case{R"({"start":1})", no_errors}, Case{R"({"start":1,"errors":"none"})", no_errors},
      Case{R"({"start":1,"errors":0.5})", no_errors}, Case{R"({"start":1,"errors":-1})", no_errors},
      Case{R"({"start":1,"errors":null})", no_errors});
  CAPTURE(broken.json);
  StatusRecordParser parser;
  const auto status = parser.Parse(broken.json);
  REQUIRE_FALSE(status);
  CHECK(status.error().code == ErrorCode::kInvalidInput);
  CHECK(status.error().message == broken.message);
}

TEST_CASE("nesting in the text cannot exhaust the stack", "[cluster][hostile]") {
  StatusRecordParser parser;
  CHECK_FALSE(parser.Parse(std::string(262'144, '[')));
  CHECK_FALSE(parser.Parse(R"({"start":1,"errors":0,"x":)" + std::string(60'000, '[')));
  std::string deep = R"({"start":1,"errors":0,"x":)";
  for (int i = 0; i < 20'000; ++i) deep += R"({"x":)";
  CHECK_FALSE(parser.Parse(deep));
  CHECK(parser.Parse(R"({"start":1,"errors":0,"x":[[[[{}]]]]})"));
}

TEST_CASE("one parser is as good after a bad value as before", "[cluster]") {
  StatusRecordParser parser;
  CHECK_FALSE(parser.Parse(R"({"a":"unfinished)"));
  CHECK(parser.Parse(R"({"start":1,"errors":0,"note":"\u00e8"})"));
}

}  // namespace
}  // namespace backup_monitor::cluster
