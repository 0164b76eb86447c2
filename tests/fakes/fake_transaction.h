#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "store/run_store.h"

namespace backup_monitor::testing {

/// One transaction on runs, postponed reports and messages held in memory, for tests of what is decided about them.
/// The rules of the history and of a commit are the store's own; here no run has a past but what is set.
class FakeTransaction final : public store::RunStore::Transaction {
 public:
  std::map<RunId, Run> runs;
  std::vector<PostponedReport> postponed;
  std::vector<Message> messages;
  PlanHistory history;  ///< Of every run.

  Result<void> Save(const RunChanges& changes) override {
    for (const auto& [id, run] : changes.runs) runs.insert_or_assign(id, run);
    return {};
  }
  Result<Run> Read(RunId run) override {
    const auto found = runs.find(run);
    if (found == runs.end()) return Fail(ErrorCode::kNotFound, "no such run");
    return found->second;
  }
  Result<std::set<std::string>> KnownAlerts(const std::set<std::string>&) override {
    return std::set<std::string>{};
  }
  Result<void> Keep(const RecordKey& record, const Finding& finding) override {
    for (auto& [id, run] : runs) {
      for (auto& [name, module] : run.modules) {
        if (module.record && module.record->record.key() == record && !module.record->finding) {
          module.record->finding = finding;
        }
      }
    }
    return {};
  }
  Result<PostponedId> Postpone(const PostponedReport& report) override {
    postponed.push_back(report);
    return postponed.back().id = PostponedId{++newest_};
  }
  Result<std::vector<PostponedReport>> Postponed() override { return postponed; }
  Result<void> Release(PostponedId report) override {
    std::erase_if(postponed, [report](const PostponedReport& one) { return one.id == report; });
    return {};
  }
  Result<PlanHistory> HistoryOf(const Run&, Time) override { return history; }
  Result<std::vector<PastMessage>> MessagesOf(RunId run) override {
    std::vector<PastMessage> past;
    for (const Message& message : messages) {
      if (std::ranges::find(message.runs, run) == message.runs.end()) continue;
      past.push_back({message.id, message.message_id, message.thread_root, message.recipients});
    }
    return past;
  }
  Result<MessageId> Post(const Message& message) override {
    messages.push_back(message);
    return messages.back().id = MessageId{static_cast<std::int64_t>(messages.size())};
  }
  Result<void> Commit() override { return {}; }

 private:
  std::int64_t newest_ = 0;
};

}  // namespace backup_monitor::testing
