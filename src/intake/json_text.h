#pragma once

#include <rapidjson/document.h>

#include <string_view>

#include "base/result.h"

namespace backup_monitor {

/// Parses a whole JSON object, however deep, without using the stack for it. Every number becomes the
/// text that was written: an integer of any length stays what it is.
///
/// \return kInvalidInput if `text` is not JSON, holds bytes that are not UTF-8, or is no object:
///         "not JSON at byte 17: Missing a comma or } after an object member".
[[nodiscard]] Result<rapidjson::Document> ParseJsonObject(std::string_view text);

/// The member, or null if `object` has none of that name. Of several the last one, as in Go's, Python's
/// and JavaScript's readers (RFC 8259, section 4, leaves it open).
[[nodiscard]] const rapidjson::Value* Member(const rapidjson::Value& object, std::string_view name);

/// The member's text, or its number as written; empty if it is missing or anything else.
[[nodiscard]] std::string_view TextMember(const rapidjson::Value& object, std::string_view name);

}  // namespace backup_monitor
