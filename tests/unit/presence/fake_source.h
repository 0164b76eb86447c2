#pragma once

#include <optional>
#include <utility>

#include "presence/presence_source.h"

namespace backup_monitor::testing {

/// Answers what it is given.
class FakeSource final : public presence::PresenceSource {
 public:
  explicit FakeSource(Result<NodePresence> answer) : answer_{std::move(answer)} {}

  Result<NodePresence> Of(const presence::Question& question, Deadline /*deadline*/,
                          const std::stop_token& /*stop*/) override {
    ++asked;
    last.emplace(question);
    return answer_;
  }

  int asked = 0;
  std::optional<presence::Question> last;

 private:
  Result<NodePresence> answer_;
};

}  // namespace backup_monitor::testing
