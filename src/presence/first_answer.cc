#include "presence/first_answer.h"

namespace backup_monitor::presence {

Result<NodePresence> FirstAnswer::Of(const Question& question, Deadline deadline,
                                     const std::stop_token& stop) {
  Error error{ErrorCode::kNotFound, "nobody is asked whether nodes can be reached"};
  for (const auto& source : sources_) {
    auto answer = source->Of(question, deadline, stop);
    if (answer || stop.stop_requested()) return answer;
    if (error.code == ErrorCode::kNotFound) error = std::move(answer.error());
  }
  return Fail(std::move(error));
}

}  // namespace backup_monitor::presence
