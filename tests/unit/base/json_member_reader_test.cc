#include "base/json/json_member_reader.h"

#include <string>
#include <vector>

#include "catch.h"

namespace backup_monitor {
namespace {

/// Writes down what comes.
class Seen {
 public:
  void Put(std::string_view name, std::int64_t value) {
    Note(name, "int " + std::to_string(value));
  }
  void Put(std::string_view name, double value) {
    Note(name, "double " + std::to_string(value).substr(0, 3));
  }
  void Put(std::string_view name, std::string_view text) {
    Note(name, "text " + std::string{text});
  }
  void PutOdd(std::string_view name) { Note(name, "odd"); }

  std::vector<std::string> lines;

 private:
  void Note(std::string_view name, const std::string& what) {
    lines.push_back(std::string{name} + ": " + what);
  }
};

std::string Nested(int depth) {
  return "{\"a\":" + std::string(static_cast<std::size_t>(depth) - 1, '[') +
         std::string(static_cast<std::size_t>(depth) - 1, ']') + "}";
}

TEST_CASE("the members of the outermost object go by, each by its kind", "[base]") {
  JsonMemberReader reader;
  Seen seen;
  CHECK(reader.Read(
      R"({"i":-1,"u":4294967295,"l":9223372036854775807,"d":1.5,"s":"x\u00e8","n":null,"b":true,)"
      R"("o":{"i":2},"a":[3],"i":4,"big":9223372036854775808})",
      seen));
  CHECK(seen.lines == std::vector<std::string>{"i: int -1", "u: int 4294967295",
                                               "l: int 9223372036854775807", "d: double 1.5",
                                               "s: text xè", "n: odd", "b: odd", "o: odd", "a: odd",
                                               "i: int 4", "big: odd"});
}

TEST_CASE("a name of the limit is given, a longer one is not", "[base]") {
  const std::string name(JsonMemberReader::kLongestName, 'n');
  JsonMemberReader reader;
  Seen seen;
  CHECK(reader.Read("{\"" + name + "\":1,\"" + name + "n\":2}", seen));
  CHECK(seen.lines == std::vector<std::string>{name + ": int 1", ": int 2"});
}

TEST_CASE("what is no object, or nested too deep, is refused", "[base][hostile]") {
  JsonMemberReader reader;
  Seen seen;
  CHECK(reader.Read(Nested(JsonMemberReader::kDeepest), seen));
  CHECK_FALSE(reader.Read(Nested(JsonMemberReader::kDeepest + 1), seen));
  CHECK_FALSE(reader.Read(std::string(500'000, '['), seen));
  for (const char* text : {"", "[]", "1", "\"a\"", "null", "true", "{", "{}x", "{\"a\":}"}) {
    CAPTURE(text);
    CHECK_FALSE(reader.Read(text, seen));
  }
  CHECK_FALSE(reader.Read(std::string_view{"{}\0", 3}, seen));
  CHECK(reader.Read("{}", seen));  // serves on after all that
}

}  // namespace
}  // namespace backup_monitor
