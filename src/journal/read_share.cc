#include "journal/read_share.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/bounds.h"
#include "journal/busy_with.h"
#include "journal/pass_of_run.h"
#include "journal/read_passes.h"

namespace backup_monitor::journal {
namespace {

using Of = Wanted::Of;

bool HasRecordOf(const Run& run, NodeId node) {
  return std::ranges::any_of(run.modules, [&](const auto& entry) {
    return entry.second.record && entry.second.record->record.node == node;
  });
}

bool WantsWords(const Run& run, const LoggedBackup& backup) {
  const auto module = run.modules.find(backup.module);
  if (module == run.modules.end() || !backup.began) return false;
  const auto& record = module->second.record;
  return !record || !record->record.succeeded();
}

/// Cuts off the words beyond the bound.
void Bound(LoggedPass& pass) {
  std::size_t left = kMostWords;
  const auto take = [&left](std::string& words) {
    if (words.size() > left) words.clear();
    left -= words.size();
  };
  for (LoggedBackup& backup : pass.backups) {
    for (FailedStep& step : backup.failed) {
      take(step.words);
      std::ranges::for_each(step.unread, take);
      std::erase(step.unread, std::string{});
    }
  }
}

/// One conversation with the log.
class ShareReader {
 public:
  ShareReader(Journal& journal, const Run& run, NodeId node, Journal::Deadline deadline,
              const std::stop_token& stop)
      : journal_{journal}, run_{run}, node_{node}, deadline_{deadline}, stop_{stop} {}

  [[nodiscard]] NodeLog Read(Time now) {
    log_.read_at = now;
    Wanted wanted{node_, FirstSign() - kBefore, now + kAhead, Of::kTimer, run_.plan, {}};
    if (!Ask(wanted)) return std::move(log_);
    FindPass();
    if (!log_.pass && HasRecordOf(run_, node_)) {
      wanted.of = Of::kAgent;
      if (!Ask(wanted)) return std::move(log_);
      FindPass();
    }
    if (!log_.pass) return std::move(log_);
    ReadModules(wanted);
    if (!log_.trouble && log_.pass->end == LoggedPass::End::kUnknown) ReadNewest(now);
    if (!log_.trouble && !log_.pass->through_agent) ReadBusy();
    Bound(*log_.pass);
    return std::move(log_);
  }

 private:
  /// By the node's clock, as far as its records say.
  [[nodiscard]] Time FirstSign() const {
    Time first = run_.begin;
    for (const auto& [id, module] : run_.modules) {
      if (module.record && module.record->record.node == node_)
        first = std::min(first, module.record->record.start);
    }
    if (!run_.due) return first;
    const auto due = run_.due->nodes.find(node_);
    return due == run_.due->nodes.end() ? first : std::min(first, due->second.at);
  }

  bool Ask(const Wanted& wanted) {
    auto excerpt = journal_.Read(wanted, deadline_, stop_);
    if (!excerpt) {
      log_.trouble = excerpt.error().code;
      return false;
    }
    log_.complete &= excerpt->complete;
    std::ranges::move(excerpt->entries, std::back_inserter(entries_));
    return true;
  }

  void FindPass() {
    const std::vector<LoggedPass> passes = ReadPasses(entries_, node_);
    const LoggedPass* its = PassOfRun(passes, run_, node_);
    log_.pass = its == nullptr ? std::nullopt : std::optional{*its};
  }

  /// What each module's user wrote while its backup took place.
  void ReadModules(const Wanted& of_unit) {
    std::size_t count = 0;
    for (const LoggedBackup& backup : log_.pass->backups) {
      if (!WantsWords(run_, backup)) continue;
      if (++count > kMostModulesRead) {
        NoteBoundReached(
            "log_modules",
            "of more than " + std::to_string(kMostModulesRead) +
                " modules of a node the cluster's log was not asked what their steps said");
        break;
      }
      const auto end = backup.ended ? backup.ended : log_.pass->ended;
      const Wanted words{node_, *backup.began, end ? *end + seconds{1} : of_unit.to, Of::kModule,
                         {},    backup.module};
      if (!Ask(words)) break;
    }
    if (count > 0) FindPass();
  }

  void ReadNewest(Time now) {
    const auto newest =
        journal_.NewestEntry(node_, log_.pass->last, now + kAhead, deadline_, stop_);
    if (newest) log_.newest_entry = *newest;
    else log_.trouble = newest.error().code;
  }

  /// Who was in the way of what was given up.
  void ReadBusy() {
    std::size_t count = 0;
    for (LoggedBackup& backup : log_.pass->backups) {
      if (backup.end != LoggedBackup::End::kGaveUp || !backup.busy_since || !backup.began) continue;
      if (++count > kMostBusyRead) {
        NoteBoundReached("log_busy", "of more than " + std::to_string(kMostBusyRead) +
                                         " modules of a node that were given up as busy the "
                                         "cluster's log was not asked by which plan they were");
        return;
      }
      const Wanted turns{node_,
                         *backup.busy_since - kLongestInTheWay,
                         *backup.ended + seconds{1},
                         Of::kModuleTurns,
                         {},
                         backup.module};
      auto excerpt = journal_.Read(turns, deadline_, stop_);
      if (!excerpt) return;  // what was read says what it says without it
      if (!excerpt->complete) continue;
      backup.busy_with =
          BusyWith(ReadPasses(std::move(excerpt->entries), node_), backup, run_.plan);
    }
  }

  Journal& journal_;
  const Run& run_;
  NodeId node_;
  Journal::Deadline deadline_;
  const std::stop_token& stop_;
  std::vector<JournalEntry> entries_;
  NodeLog log_;
};

}  // namespace

NodeLog ReadShare(Journal& journal, const Run& run, NodeId node, Time now,
                  Journal::Deadline deadline, const std::stop_token& stop) {
  return ShareReader{journal, run, node, deadline, stop}.Read(now);
}

}  // namespace backup_monitor::journal
