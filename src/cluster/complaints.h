#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/ids.h"

namespace backup_monitor::cluster {

/// Collects what one look had to skip, in sentences for people. The first 20 are kept, the others
/// counted: a cluster full of nonsense must not fill a mail. No control characters get in.
class Complaints {
 public:
  /// "plan 1, module mail1: status is not a JSON object". `problem` is our own wording.
  void AboutStatus(const PlanId& plan, std::string_view module, std::string_view problem);
  /// "key node/1/backup_status/1: ...", where the key as a whole is odd.
  void AboutKey(std::string_view key, std::string_view problem);

  /// The sentences, at most 21: the last may say "and N more".
  [[nodiscard]] std::vector<std::string> Take() &&;

 private:
  void Add(std::string sentence);

  std::vector<std::string> sentences_;
  std::size_t more_ = 0;
};

}  // namespace backup_monitor::cluster
