#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "journal/journal.h"

namespace backup_monitor::testing {

/// A node's journal in memory, which answers as the cluster's log does, at once. Any thread.
class FakeJournal final : public journal::Journal {
 public:
  Result<journal::Excerpt> Read(const journal::Wanted& wanted, Deadline /*deadline*/,
                                const std::stop_token& /*stop*/) override {
    const std::lock_guard lock{mutex_};
    asked.push_back(wanted);
    if (error && asked.size() > answers_before_error) return Fail(*error);
    journal::Excerpt excerpt;
    excerpt.complete = complete;
    for (const journal::JournalEntry& entry : entries) {
      if (entry.at >= wanted.from && entry.at < wanted.to && IsOf(entry, wanted))
        excerpt.entries.push_back(entry);
    }
    return excerpt;
  }

  Result<std::optional<Time>> NewestEntry(NodeId /*node*/, Time from, Time to,
                                          Deadline /*deadline*/,
                                          const std::stop_token& /*stop*/) override {
    const std::lock_guard lock{mutex_};
    asked_newest.emplace_back(from, to);
    if (newest_error) return Fail(*newest_error);
    return newest;
  }

  std::vector<journal::JournalEntry> entries;
  bool complete = true;
  std::optional<Time> newest;
  std::optional<Error> error;
  std::size_t answers_before_error = 0;
  std::optional<Error> newest_error;
  std::vector<journal::Wanted> asked;
  std::vector<std::pair<Time, Time>> asked_newest;

 private:
  static bool IsOf(const journal::JournalEntry& entry, const journal::Wanted& wanted) {
    using Of = journal::Wanted::Of;
    const std::string unit = "backup" + wanted.plan.value() + ".service";
    switch (wanted.of) {
      case Of::kTimer: return !entry.module && (entry.unit == unit || entry.subject_unit == unit);
      case Of::kAgent: return !entry.module && entry.unit == "agent@node.service";
      case Of::kUploads: return !entry.module && entry.unit.starts_with("backup");
      case Of::kModule: return entry.module == wanted.module;
      case Of::kModuleTurns: return IsTurn(entry, wanted.module);
    }
    return false;
  }

  static bool IsTurn(const journal::JournalEntry& entry, const ModuleId& module) {
    const auto is_plans = [](std::string_view unit) { return unit.starts_with("backup"); };
    const bool may_begin = is_plans(entry.unit) || entry.unit == "agent@node.service";
    const bool is_its = may_begin && entry.message.starts_with(module.value() + ": ");
    return !entry.module &&
           (is_its || is_plans(entry.subject_unit) || entry.message.starts_with("Linux version "));
  }

  std::mutex mutex_;
};

}  // namespace backup_monitor::testing
