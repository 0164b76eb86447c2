#pragma once

#include <rapidjson/document.h>

#include <string_view>

#include "base/result.h"

namespace backup_monitor {

/// Parses a whole JSON object, however deep, without using the stack for it.
///
/// \return kInvalidInput if `text` is not JSON, holds bytes that are not UTF-8, or is no object:
///         "not JSON at byte 17: Missing a comma or } after an object member".
[[nodiscard]] Result<rapidjson::Document> ParseJsonObject(std::string_view text);

/// The member, or null if `object` has none of that name.
[[nodiscard]] const rapidjson::Value* Member(const rapidjson::Value& object, std::string_view name);

/// The member's text; empty if it is missing or no string.
[[nodiscard]] std::string_view TextMember(const rapidjson::Value& object, std::string_view name);

}  // namespace backup_monitor
