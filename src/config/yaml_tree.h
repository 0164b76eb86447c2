#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/faults.h"

namespace backup_monitor::config {

/// One value of a YAML document, and its line.
struct YamlNode {
  enum class Kind { kNull, kScalar, kList, kMap };

  Kind kind = Kind::kNull;
  int line = 1;       ///< Counted from 1. For a member of a map, the line of its key.
  bool plain = true;  ///< kScalar: written without quotes and without a tag.
  std::string text;   ///< kScalar
  std::string key;    ///< For a member of a map.

  /// Items of a list; members of a map in the order of the file, repeated keys included.
  std::vector<YamlNode> children;
};

/// Reads one YAML document. The only function that knows the YAML library.
///
/// Bounded whatever the text holds: nesting beyond 16 levels and more than 10,000 values are
/// refused while they are read, and aliases (`*name`), which make few bytes into many values, always.
///
/// \return std::nullopt after adding a fault: the first syntax error, since what follows one
///         cannot be understood. A document without any value is kNull.
[[nodiscard]] std::optional<YamlNode> ReadYaml(std::string_view text, Faults& faults);

}  // namespace backup_monitor::config
