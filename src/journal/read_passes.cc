#include "journal/read_passes.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "base/redaction.h"
#include "journal/sentence.h"
#include "journal/step_words.h"
#include "text/ascii.h"

namespace backup_monitor::journal {
namespace {

using Kind = Sentence::Kind;
using End = LoggedPass::End;

Time InSeconds(EntryTime at) { return std::chrono::floor<seconds>(at); }

std::string UnitOf(const PlanId& plan) { return "backup" + plan.value() + ".service"; }

/// One execution of run-backup that has not ended yet, as far as we have read.
struct Execution {
  std::string boot;
  std::string process;  ///< Through the agent: the agent's.
  std::string unit;
  LoggedPass pass;
  std::optional<std::size_t> current{};  ///< Of pass.backups: under way.
  StepWords words{};                     ///< Written since the last sentence about `current`.

  LoggedBackup& Backup(const ModuleId& module) {
    const auto found = std::ranges::find(pass.backups, module, &LoggedBackup::module);
    if (found != pass.backups.end()) return *found;
    return pass.backups.emplace_back(LoggedBackup{.module = module});
  }
};

/// The plan whose timer began the unit; none: it is another unit, as an agent's.
std::optional<PlanId> PlanOfTimer(std::string_view unit) {
  constexpr std::string_view kPrefix = "backup";
  constexpr std::string_view kSuffix = ".service";
  if (!unit.starts_with(kPrefix) || !unit.ends_with(kSuffix)) return std::nullopt;
  unit.remove_prefix(kPrefix.size());
  unit.remove_suffix(std::min(kSuffix.size(), unit.size()));
  if (unit.empty() || !std::ranges::all_of(unit, IsDigit)) return std::nullopt;
  return PlanId{std::string{unit}};
}

std::optional<BackupStep> FailedStepOf(Kind kind) {
  switch (kind) {
    case Kind::kDumpFailed: return BackupStep::kDump;
    case Kind::kInitFailed: return BackupStep::kInit;
    case Kind::kSnapshotFailed: return BackupStep::kSnapshot;
    case Kind::kModuleCleanUpFailed: return BackupStep::kModuleCleanUp;
    case Kind::kStatisticsFailed: return BackupStep::kStatistics;
    case Kind::kRetentionFailed: return BackupStep::kRetention;
    case Kind::kStatusNotStored: return BackupStep::kStoreStatus;
    default: return std::nullopt;
  }
}

bool IsOfModuleBackup(Kind kind) {
  return kind >= Kind::kResticReached && kind <= Kind::kModuleCleanUpFailed;
}

class PassReader {
 public:
  explicit PassReader(NodeId node) : node_{node} {}

  void Read(const JournalEntry& entry) {
    const auto sentence = ReadSentence(entry);
    if (!sentence) return NoteWords(entry);
    switch (sentence->kind) {
      case Kind::kBooted: return EndAllBefore(entry);
      case Kind::kUnitKilled:
      case Kind::kUnitEnded: return EndUnit(*sentence, entry);
      default: break;
    }
    const Time at = InSeconds(entry.at);
    if (IsOfModuleBackup(sentence->kind)) {
      if (Execution* its = WriterOf(entry)) TakeStep(*sentence, at, *its);
    } else if (Execution* its = ExecutionOf(*sentence, entry)) {
      its->pass.last = at;
      Take(*sentence, at, *its);
    }
  }

  std::vector<LoggedPass> Passes() && {
    while (!open_.empty()) Leave(open_.begin());
    std::ranges::stable_sort(passes_, {}, &LoggedPass::began);
    return std::move(passes_);
  }

 private:
  using Position = std::vector<Execution>::iterator;

  /// Nothing more comes of it.
  void Leave(Position its) {
    passes_.push_back(std::move(its->pass));
    open_.erase(its);
  }

  void EndWith(Position its, End end, Time at) {
    its->pass.end = end;
    its->pass.ended = at;
    Leave(its);
  }

  /// Whose sentence of run-backup it is; a new one's if it is the first. nullptr: nobody's that we know.
  Execution* ExecutionOf(const Sentence& sentence, const JournalEntry& entry) {
    if (entry.unit.empty() || entry.process.empty()) return nullptr;
    if (const auto plan = PlanOfTimer(entry.unit)) return ExecutionOfUnit(*plan, sentence, entry);
    return ExecutionOfAgent(sentence, entry);
  }

  Execution* ExecutionOfUnit(const PlanId& plan, const Sentence& sentence,
                             const JournalEntry& entry) {
    if (sentence.plan && sentence.plan != plan) return nullptr;
    const auto its = std::ranges::find_if(open_, [&entry](const Execution& open) {
      return open.boot == entry.boot && open.unit == entry.unit;
    });
    if (its != open_.end()) {
      if (its->process == entry.process) return &*its;
      Leave(its);  // the unit runs again
    }
    return &Open(entry, plan, false);
  }

  Execution* ExecutionOfAgent(const Sentence& sentence, const JournalEntry& entry) {
    Execution* only = nullptr;
    for (Execution& open : open_) {
      if (open.boot != entry.boot || open.unit != entry.unit || open.process != entry.process)
        continue;
      if (sentence.plan && open.pass.plan == sentence.plan) return &open;
      if (sentence.plan) continue;
      if (only != nullptr) return nullptr;
      only = &open;
    }
    if (!sentence.plan) return only;
    return &Open(entry, *sentence.plan, true);
  }

  Execution& Open(const JournalEntry& entry, PlanId plan, bool through_agent) {
    const Time at = InSeconds(entry.at);
    return open_.emplace_back(Execution{.boot = entry.boot,
                                        .process = entry.process,
                                        .unit = entry.unit,
                                        .pass = {.node = node_,
                                                 .plan = std::move(plan),
                                                 .through_agent = through_agent,
                                                 .began = at,
                                                 .last = at}});
  }

  /// Whose backup was under way when another process than run-backup wrote this; nullptr if that is not certain.
  Execution* WriterOf(const JournalEntry& entry) {
    Execution* only = nullptr;
    bool several = false;
    for (Execution& open : open_) {
      if (!open.current || open.boot != entry.boot) continue;
      const bool same_unit = open.unit == entry.unit;
      if (entry.module && open.pass.backups[*open.current].module != *entry.module) continue;
      if (!same_unit && (!entry.module || open.pass.through_agent)) continue;
      if (same_unit && entry.module) return &open;
      several = only != nullptr;
      only = &open;
    }
    return several ? nullptr : only;
  }

  void NoteWords(const JournalEntry& entry) {
    if (!entry.of_root && !entry.module) return;
    if (Execution* its = WriterOf(entry)) its->words.Note(entry.message);
  }

  static void TakeStep(const Sentence& sentence, Time at, Execution& its) {
    if (sentence.kind == Kind::kResticReached) return its.words.Forget();
    const auto step = FailedStepOf(sentence.kind);
    if (step && its.current)
      its.pass.backups[*its.current].failed.push_back(its.words.Fail(*step, at, sentence.words));
  }

  void Take(const Sentence& sentence, Time at, Execution& its) {
    switch (sentence.kind) {
      case Kind::kBegan: return Begin(*sentence.module, at, its);
      case Kind::kCompleted:
        return EndBackup(*sentence.module, LoggedBackup::End::kCompleted, at, its);
      case Kind::kFailed:
        its.Backup(*sentence.module).exit_status = sentence.status;
        return EndBackup(*sentence.module, LoggedBackup::End::kFailed, at, its);
      case Kind::kGaveUp: return EndBackup(*sentence.module, LoggedBackup::End::kGaveUp, at, its);
      case Kind::kBusy: {
        LoggedBackup& backup = its.Backup(*sentence.module);
        if (!backup.busy_since) backup.busy_since = at;
        return EndBackup(*sentence.module, LoggedBackup::End::kBusy, at, its);
      }
      case Kind::kClusterUploaded:
      case Kind::kClusterNotUploaded:
        its.pass.cluster_backup = {at, sentence.kind == Kind::kClusterUploaded,
                                   Quotable(sentence.words, StepWords::kMostWords)};
        return;
      case Kind::kEndedWell: return EndWith(PositionOf(its), End::kWell, at);
      case Kind::kEndedWithFailures: return EndWith(PositionOf(its), End::kWithFailures, at);
      case Kind::kNothingToDo: return EndWith(PositionOf(its), End::kNothingToDo, at);
      default: return TakeStep(sentence, at, its);
    }
  }

  static void Begin(const ModuleId& module, Time at, Execution& its) {
    LoggedBackup& backup = its.Backup(module);
    backup.began = at;
    backup.end = LoggedBackup::End::kUnknown;
    backup.ended.reset();
    its.current = static_cast<std::size_t>(&backup - its.pass.backups.data());
    its.words.Forget();
  }

  static void EndBackup(const ModuleId& module, LoggedBackup::End end, Time at, Execution& its) {
    LoggedBackup& backup = its.Backup(module);
    backup.end = end;
    backup.ended = at;
    its.current.reset();
    its.words.Forget();
  }

  Position PositionOf(const Execution& its) { return open_.begin() + (&its - open_.data()); }

  /// The node has started again: what was at work in an earlier boot was ended by that.
  void EndAllBefore(const JournalEntry& entry) {
    for (auto its = open_.begin(); its != open_.end();) {
      if (its->boot == entry.boot) {
        ++its;
        continue;
      }
      const auto index = its - open_.begin();
      EndWith(its, End::kRebooted, InSeconds(entry.at));
      its = open_.begin() + index;
    }
  }

  /// systemd says that the process which the plan's timer began has ended. If it had said so itself it is not here.
  void EndUnit(const Sentence& sentence, const JournalEntry& entry) {
    const std::string unit = UnitOf(*sentence.plan);
    if (entry.subject_unit != unit) return;
    const auto its = std::ranges::find_if(
        open_, [&](const Execution& open) { return open.boot == entry.boot && open.unit == unit; });
    if (its == open_.end()) return;
    const bool killed = sentence.kind == Kind::kUnitKilled;
    if (killed) its->pass.signal = sentence.words.substr(0, 32);
    EndWith(its, killed ? End::kKilled : End::kStopped, InSeconds(entry.at));
  }

  NodeId node_;
  std::vector<Execution> open_;
  std::vector<LoggedPass> passes_;
};

}  // namespace

std::vector<LoggedPass> ReadPasses(std::vector<JournalEntry> entries, NodeId node) {
  std::ranges::stable_sort(entries, {}, &JournalEntry::at);
  PassReader reader{node};
  for (const JournalEntry& entry : entries) reader.Read(entry);
  return std::move(reader).Passes();
}

}  // namespace backup_monitor::journal
