#include "base/json/json_value.h"

#include <rapidjson/error/en.h>
#include <rapidjson/rapidjson.h>

#include <string>

#include "base/library_version.h"
#include "text/ascii.h"

namespace backup_monitor {
namespace {

template <unsigned flags>
void Parse(std::string_view text, bool utf8_only, JsonDocument& document) {
  using rapidjson::kParseValidateEncodingFlag;
  if (IsAscii(text)) {
    // Nothing to validate, and a text that ends with a null byte is read in a third of the time: half of
    // what a webhook cost was RapidJSON's look at the encoding and at the length for each byte.
    document.Parse<flags>(std::string{text}.c_str());
  } else if (utf8_only) {
    document.Parse<flags | kParseValidateEncodingFlag>(text.data(), text.size());
  } else {
    document.Parse<flags>(text.data(), text.size());
  }
}

}  // namespace

Result<JsonDocument> ParseJson(std::string_view text, JsonRules rules) {
  using rapidjson::kParseIterativeFlag;
  using rapidjson::kParseNumbersAsStringsFlag;
  // RapidJSON takes a null byte for the end of the text.
  if (const auto null = text.find('\0'); null != std::string_view::npos) {
    return Fail(ErrorCode::kInvalidInput,
                "not JSON at byte " + std::to_string(null) + ": Null byte");
  }
  JsonDocument document;
  if (rules.numbers_as_written) {
    Parse<kParseIterativeFlag | kParseNumbersAsStringsFlag>(text, rules.utf8_only, document);
  } else {
    Parse<kParseIterativeFlag>(text, rules.utf8_only, document);
  }
  if (document.HasParseError()) {
    std::string reason = rapidjson::GetParseError_En(document.GetParseError());
    if (!reason.empty() && reason.back() == '.') reason.pop_back();
    return Fail(ErrorCode::kInvalidInput,
                "not JSON at byte " + std::to_string(document.GetErrorOffset()) + ": " + reason);
  }
  return document;
}

Result<JsonDocument> ParseJsonObject(std::string_view text, JsonRules rules) {
  auto document = ParseJson(text, rules);
  if (document && !document->IsObject()) {
    return Fail(ErrorCode::kInvalidInput, "not a JSON object");
  }
  return document;
}

const JsonValue* Member(const JsonValue* object, std::string_view name) {
  if (object == nullptr || !object->IsObject()) return nullptr;
  const auto first = object->MemberBegin();
  for (auto member = object->MemberEnd(); member != first;) {
    --member;
    if (TextOf(member->name) == name) return &member->value;
  }
  return nullptr;
}

std::string_view TextOf(const JsonValue& value) {
  if (!value.IsString()) return {};
  return {value.GetString(), value.GetStringLength()};
}

std::string_view TextMember(const JsonValue* object, std::string_view name) {
  const JsonValue* member = Member(object, name);
  return member == nullptr ? std::string_view{} : TextOf(*member);
}

LibraryVersions JsonLibraries() { return {{"RapidJSON", RAPIDJSON_VERSION_STRING}}; }

}  // namespace backup_monitor
