#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "presence/presence_source.h"

namespace backup_monitor::presence {

/// Asks several sources, each only if those before it have no answer.
class FirstAnswer final : public PresenceSource {
 public:
  explicit FirstAnswer(std::vector<std::unique_ptr<PresenceSource>> sources)
      : sources_{std::move(sources)} {}

  /// The first answer; else the first error that is not kNotFound; else kNotFound.
  [[nodiscard]] Result<NodePresence> Of(const Question& question, Deadline deadline,
                                        const std::stop_token& stop) override;

 private:
  const std::vector<std::unique_ptr<PresenceSource>> sources_;
};

}  // namespace backup_monitor::presence
