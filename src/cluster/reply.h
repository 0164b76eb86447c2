#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace backup_monitor::cluster {

/// One answer of the cluster's key store. A view: valid only while its handler runs.
struct Reply {
  enum class Kind : std::uint8_t {
    kNil,  ///< No such key or field.
    kText,
    kNumber,
    kList,
    kWrongType,  ///< The key holds another type than the command reads.
  };

  Kind kind = Kind::kNil;
  std::string_view text;         ///< kText.
  std::int64_t number = 0;       ///< kNumber.
  std::span<const Reply> items;  ///< kList. A hash is its fields and values in turn.

  /// The text, or nothing for every other kind.
  [[nodiscard]] std::string_view text_or_empty() const noexcept {
    return kind == Kind::kText ? text : std::string_view{};
  }
};

}  // namespace backup_monitor::cluster
