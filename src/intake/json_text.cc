#include "intake/json_text.h"

#include <rapidjson/error/en.h>

#include <string>

#include "text/ascii.h"

namespace backup_monitor {

Result<rapidjson::Document> ParseJsonObject(std::string_view text) {
  // RapidJSON takes a null byte for the end of the text.
  if (const auto null = text.find('\0'); null != std::string_view::npos) {
    return Fail(ErrorCode::kInvalidInput,
                "not JSON at byte " + std::to_string(null) + ": Null byte");
  }
  // Iterative: nesting in the text must not become depth on our stack. RapidJSON's values live in
  // its pool, so that taking the document apart does not recurse either.
  rapidjson::Document document;
  constexpr unsigned kFlags =
      rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag;
  if (IsAscii(text)) {
    // Nothing to validate, and a text that ends with a null byte is read in a third of the time: half of
    // what a webhook cost was RapidJSON's look at the encoding and at the length for each byte.
    document.Parse<kFlags>(std::string{text}.c_str());
  } else {
    document.Parse<kFlags | rapidjson::kParseValidateEncodingFlag>(text.data(), text.size());
  }
  if (document.HasParseError()) {
    std::string reason = rapidjson::GetParseError_En(document.GetParseError());
    if (!reason.empty() && reason.back() == '.') reason.pop_back();
    return Fail(ErrorCode::kInvalidInput,
                "not JSON at byte " + std::to_string(document.GetErrorOffset()) + ": " + reason);
  }
  if (!document.IsObject()) return Fail(ErrorCode::kInvalidInput, "not a JSON object");
  return document;
}

const rapidjson::Value* Member(const rapidjson::Value& object, std::string_view name) {
  const auto first = object.MemberBegin();
  for (auto member = object.MemberEnd(); member != first;) {
    --member;
    if (std::string_view{member->name.GetString(), member->name.GetStringLength()} == name) {
      return &member->value;
    }
  }
  return nullptr;
}

std::string_view TextMember(const rapidjson::Value& object, std::string_view name) {
  const rapidjson::Value* member = Member(object, name);
  if (member == nullptr || !member->IsString()) return {};
  return {member->GetString(), member->GetStringLength()};
}

}  // namespace backup_monitor
