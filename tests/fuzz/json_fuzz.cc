// Foreign JSON as values and as members that go by, and foreign text as JSON: the readers agree with each other, and
// what was written is read back.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/json/json_member_reader.h"
#include "base/json/json_value.h"
#include "base/json/json_writer.h"
#include "text/utf8.h"

namespace {

using namespace backup_monitor;

void Require(bool condition) {
  if (!condition) std::abort();
}

struct Counted {
  void Put(std::string_view /*name*/, std::int64_t /*value*/) { ++members; }
  void Put(std::string_view /*name*/, double /*value*/) { ++members; }
  void Put(std::string_view /*name*/, std::string_view /*text*/) { ++members; }
  void PutOdd(std::string_view /*name*/) { ++members; }

  std::size_t members = 0;
};

void CheckReading(std::string_view text) {
  const auto lenient = ParseJson(text, {.utf8_only = false});
  const auto strict = ParseJson(text);
  const auto written = ParseJson(text, {.utf8_only = false, .numbers_as_written = true});
  Require(!strict || lenient);
  Require(!lenient || written);  // a number that no double can hold is one as it is written
  const auto object = ParseJsonObject(text, {.utf8_only = false});
  Require(object.has_value() == (lenient && lenient->IsObject()));
  if (object) {
    for (const auto& member : object->GetObject()) {
      Require(Member(*object, TextOf(member.name)) != nullptr);
      Require(TextOf(member.value).empty() || member.value.IsString());
    }
  }
  JsonMemberReader reader;
  Counted counted;
  if (reader.Read(text, counted)) Require(object && counted.members == object->MemberCount());
}

void CheckWriting(std::string_view text) {
  JsonWriter json;
  json.BeginObject();
  json.Text("text", text);
  json.EndObject();
  const auto read = ParseJsonObject(json.Written());
  Require(read && TextMember(*read, "text") == RepairUtf8(text));
  JsonWriter bytes;
  bytes.BeginObject();
  bytes.Bytes(text, text);
  bytes.EndObject();
  const auto same = ParseJsonObject(bytes.Written(), {.utf8_only = false});
  Require(same && TextMember(*same, text) == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  CheckReading(text);
  CheckWriting(text);
  return 0;
}
