#include "presence/combined_source.h"

namespace backup_monitor::presence {

Result<NodePresence> CombinedSource::Of(const Question& question, Deadline deadline,
                                        const std::stop_token& stop) {
  Result<NodePresence> answer = Fail(ErrorCode::kNotFound, "no Prometheus is asked about nodes");
  if (past_) answer = past_->Of(question, deadline, stop);
  if (stop.stop_requested() || !present_) return answer;
  if (answer) {
    const bool is_away = !answer->absences.empty() && !answer->absences.back().until;
    if (is_away && IsConnected(question, deadline, stop)) answer->absences.pop_back();
    return answer;
  }
  if (question.is_repeated) return answer;
  auto now = present_->Of(question, deadline, stop);
  const bool is_told = now || answer.error().code == ErrorCode::kNotFound;
  return is_told ? std::move(now) : std::move(answer);
}

bool CombinedSource::IsConnected(const Question& question, Deadline deadline,
                                 const std::stop_token& stop) {
  const auto now = std::chrono::steady_clock::now();
  const auto known = connected_at_.find(question.node);
  if (question.is_repeated && known != connected_at_.end() && now - known->second < connected_)
    return true;
  connected_at_.erase(question.node);
  const auto answer = present_->Of(question, deadline, stop);
  if (!answer || !answer->absences.empty()) return false;
  connected_at_.emplace(question.node, now);
  return true;
}

}  // namespace backup_monitor::presence
