#pragma once

#include <rapidjson/document.h>

#include <string_view>

#include "base/result.h"

// JSON that somebody else wrote, or we did earlier. The one place that parses it into values: iteratively, so that
// nesting in the text does not become depth on the stack. RapidJSON's values live in its pool, so that taking a
// document apart does not recurse either.

namespace backup_monitor {

using JsonValue = rapidjson::Value;
using JsonDocument = rapidjson::Document;

struct JsonRules {
  /// Bytes that are no UTF-8 are refused. Else they are kept as they are.
  bool utf8_only = true;
  /// Every number becomes the text that was written: an integer of any length stays what it is.
  bool numbers_as_written = false;
};

/// Parses a whole JSON text.
///
/// \return kInvalidInput if `text` is not JSON, or not by `rules`: "not JSON at byte 17: Missing a comma …", in
///         RapidJSON's words.
[[nodiscard]] Result<JsonDocument> ParseJson(std::string_view text, JsonRules rules = {});

/// \return also kInvalidInput if it is no object: "not a JSON object"
[[nodiscard]] Result<JsonDocument> ParseJsonObject(std::string_view text, JsonRules rules = {});

/// The member, or null if `object` is null, no object, or has none of that name. Of several the last one, as in Go's,
/// Python's and JavaScript's readers (RFC 8259, section 4, leaves it open).
[[nodiscard]] const JsonValue* Member(const JsonValue* object, std::string_view name);
[[nodiscard]] inline const JsonValue* Member(const JsonValue& object, std::string_view name) {
  return Member(&object, name);
}

/// A text; empty if it is anything else. The view lives as long as the document.
[[nodiscard]] std::string_view TextOf(const JsonValue& value);

/// The member's text; empty if it is missing or anything else.
[[nodiscard]] std::string_view TextMember(const JsonValue* object, std::string_view name);
[[nodiscard]] inline std::string_view TextMember(const JsonValue& object, std::string_view name) {
  return TextMember(&object, name);
}

}  // namespace backup_monitor
