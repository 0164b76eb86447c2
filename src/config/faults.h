#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace backup_monitor::config {

/// Everything that is wrong with one configuration file, reported together.
class Faults {
 public:
  /// `line` counts from 1. `what` follows "<file>:<line>: "; it begins with the key where there is
  /// one: "receiver.port: 70000 is not between 1 and 65535".
  void Add(int line, std::string what);

  /// The same for what can be used, but is most likely not what was meant. No fault.
  void Warn(int line, std::string what);

  [[nodiscard]] bool empty() const noexcept { return faults_.empty(); }

  /// kInvalidInput with one fault per line, in the order of the file, equal lines in the order of
  /// their discovery; the warnings follow. A file of garbage is cut after the first hundred.
  [[nodiscard]] Error ToError(std::string_view file_name) &&;

  /// "warning: config.yml:7: …", in the order of the file.
  [[nodiscard]] std::vector<std::string> Warnings(std::string_view file_name) const;

 private:
  struct Fault {
    int line;
    std::string what;
  };
  std::vector<Fault> faults_;
  std::vector<Fault> warnings_;
};

/// A value from the file as a message may show it: in quotes, one line, cut when long.
[[nodiscard]] std::string Shown(std::string_view text);

/// A key from the file likewise, without quotes where it is one plain word.
[[nodiscard]] std::string ShownKey(std::string_view key);

}  // namespace backup_monitor::config
