#include "journal/read_passes.h"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "journal/execution.h"
#include "journal/timer_unit.h"

namespace backup_monitor::journal {
namespace {

using Kind = Sentence::Kind;
using End = LoggedPass::End;

Time InSeconds(EntryTime at) { return std::chrono::floor<seconds>(at); }

bool IsOfModuleBackup(Kind kind) {
  return kind >= Kind::kResticReached && kind <= Kind::kModuleCleanUpFailed;
}
bool IsOfSystemd(Kind kind) { return kind >= Kind::kUnitStarted; }

class PassReader {
 public:
  explicit PassReader(NodeId node) : node_{node} {}

  void Read(const JournalEntry& entry) {
    NoteBoot(entry);
    const auto sentence = ReadSentence(entry);
    const Time at = InSeconds(entry.at);
    if (!sentence) {
      Execution* its = AtWork(entry);
      if (its != nullptr && its->IsOutput(entry)) its->Note(entry);
    } else if (IsOfSystemd(sentence->kind)) {
      ReadUnit(*sentence, entry);
    } else if (IsOfModuleBackup(sentence->kind)) {
      if (Execution* its = AtWork(entry)) its->TakeStep(*sentence, at, entry.module.has_value());
    } else if (Execution* its = Speaker(*sentence, entry)) {
      its->Take(*sentence, at);
    }
  }

  std::vector<LoggedPass> Passes() && {
    for (Execution& open : open_) done_.push_back(std::move(open));
    std::vector<LoggedPass> passes;
    passes.reserve(done_.size());
    for (Execution& execution : done_) {
      if (execution.pass().end == End::kUnknown) EndByReboot(execution);
      passes.push_back(std::move(execution).Passed());
    }
    std::ranges::stable_sort(passes, {}, &LoggedPass::began);
    return passes;
  }

 private:
  struct Seen {
    Time first;
    Time last;
  };

  void NoteBoot(const JournalEntry& entry) {
    if (entry.boot.empty()) return;
    const Time at = InSeconds(entry.at);
    const auto [boot, is_new] = boots_.try_emplace(entry.boot, Seen{at, at});
    if (!is_new) boot->second.last = at;
  }

  /// A later entry of another boot: the node has started again. Its clock may have been behind at first.
  void EndByReboot(Execution& execution) const {
    std::optional<Time> back;
    for (const auto& [boot, seen] : boots_) {
      if (boot == execution.boot() || seen.last <= execution.pass().last) continue;
      const Time at = std::max(seen.first, execution.pass().last);
      back = std::min(back.value_or(at), at);
    }
    if (back) execution.EndWith(End::kRebooted, *back);
  }

  /// Nothing more comes of it.
  void Leave(const std::deque<Execution>::iterator& its) {
    done_.push_back(std::move(*its));
    open_.erase(its);
  }

  Execution& Open(const JournalEntry& entry, std::string unit, PlanId plan) {
    const Time at = InSeconds(entry.at);
    const bool through_agent = unit == kAgentUnit;
    open_.emplace_back(entry, std::move(unit),
                       LoggedPass{.node = node_,
                                  .plan = std::move(plan),
                                  .through_agent = through_agent,
                                  .began = at,
                                  .last = at});
    return open_.back();
  }

  std::deque<Execution>::iterator InUnit(const std::string& boot, const std::string& unit) {
    return std::ranges::find_if(open_,
                                [&](const Execution& open) { return open.is_in(boot, unit); });
  }

  /// Whose sentence of run-backup it is; a new one's if it is the first. nullptr: nobody's that we know.
  Execution* Speaker(const Sentence& sentence, const JournalEntry& entry) {
    if (entry.process.empty()) return nullptr;
    if (entry.unit == kAgentUnit) return SpeakerInAgent(sentence, entry);
    const auto plan = PlanOfTimer(entry.unit);
    return plan ? SpeakerInUnit(*plan, sentence, entry) : nullptr;
  }

  Execution* SpeakerInUnit(const PlanId& plan, const Sentence& sentence,
                           const JournalEntry& entry) {
    if (sentence.plan && sentence.plan != plan) return nullptr;
    const auto its = InUnit(entry.boot, entry.unit);
    if (its != open_.end() && !its->has_said_its_end() && its->IsWrittenBy(entry)) {
      // systemd's word of its end has come before its own last ones.
      return &*its;
    }
    Supersede(its, InSeconds(entry.at));
    Execution& fresh = Open(entry, entry.unit, plan);
    (void)fresh.IsWrittenBy(entry);
    return &fresh;
  }

  Execution* SpeakerInAgent(const Sentence& sentence, const JournalEntry& entry) {
    for (auto open = open_.begin(); open != open_.end();) {
      if (open->unit() != kAgentUnit || !open->has_said_its_end()) {
        ++open;
        continue;
      }
      done_.push_back(std::move(*open));
      open = open_.erase(open);
    }
    Execution* only = nullptr;
    std::size_t count = 0;
    for (Execution& open : open_) {
      if (!open.is_in(entry.boot, entry.unit) || !open.IsWrittenBy(entry)) continue;
      if (sentence.plan && open.pass().plan == sentence.plan) return &open;
      only = &open;
      ++count;
    }
    if (!sentence.plan) return count == 1 ? only : nullptr;
    if (count >= kMostOpen) return nullptr;
    Execution& fresh = Open(entry, entry.unit, *sentence.plan);
    (void)fresh.IsWrittenBy(entry);
    return &fresh;
  }

  /// The unit runs again.
  void Supersede(const std::deque<Execution>::iterator& its, Time at) {
    if (its == open_.end()) return;
    if (its->pass().end == End::kUnknown) its->EndWith(End::kLost, at);
    Leave(its);
  }

  void ReadUnit(const Sentence& sentence, const JournalEntry& entry) {
    const Time at = InSeconds(entry.at);
    const auto its = InUnit(entry.boot, entry.subject_unit);
    if (sentence.kind == Kind::kUnitStarted) {
      Supersede(its, at);
      Open(entry, entry.subject_unit, *sentence.plan).BeginIsKnown();
    } else if (its != open_.end()) {
      its->TakeUnit(sentence, at);
    }
  }

  /// Whose backup was under way when another process than run-backup wrote this; nullptr if that is not certain.
  Execution* AtWork(const JournalEntry& entry) {
    Execution* only = nullptr;
    for (Execution& open : open_) {
      const ModuleId* current = open.current();
      if (current == nullptr || open.boot() != entry.boot) continue;
      if (entry.module && *current != *entry.module) continue;
      const bool same_unit = open.unit() == entry.unit;
      if (same_unit && entry.module) return &open;
      // A module's user writes in a session of its own, too; what comes through the agent is in the agent's unit.
      if (!same_unit && (!entry.module || open.pass().through_agent)) continue;
      if (only != nullptr) return nullptr;
      only = &open;
    }
    return only;
  }

  NodeId node_;
  std::map<std::string, Seen> boots_;
  std::deque<Execution> open_;
  std::vector<Execution> done_;
};

}  // namespace

std::vector<LoggedPass> ReadPasses(std::vector<JournalEntry> entries, NodeId node) {
  std::ranges::stable_sort(entries, {}, &JournalEntry::at);
  PassReader reader{node};
  for (const JournalEntry& entry : entries) reader.Read(entry);
  return std::move(reader).Passes();
}

}  // namespace backup_monitor::journal
