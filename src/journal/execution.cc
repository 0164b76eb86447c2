#include "journal/execution.h"

#include <algorithm>

#include "base/redaction.h"
#include "journal/read_passes.h"

namespace backup_monitor::journal {
namespace {

using Kind = Sentence::Kind;
using End = LoggedPass::End;

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

}  // namespace

bool Execution::has_said_its_end() const noexcept {
  return pass_.end == End::kWell || pass_.end == End::kWithFailures ||
         pass_.end == End::kNothingToDo;
}

const ModuleId* Execution::current() const noexcept {
  if (!current_ || pass_.end != End::kUnknown) return nullptr;
  return &pass_.backups[*current_].module;
}

bool Execution::IsWrittenBy(const JournalEntry& entry) {
  if (process_.empty()) {
    process_ = entry.process;
    identifier_ = entry.identifier;
  }
  return process_ == entry.process;
}

LoggedBackup* Execution::Backup(const ModuleId& module) {
  const auto found = std::ranges::find(pass_.backups, module, &LoggedBackup::module);
  if (found != pass_.backups.end()) return &*found;
  if (pass_.backups.size() == kMostModules) return nullptr;
  return &pass_.backups.emplace_back(LoggedBackup{.module = module});
}

void Execution::Forget() {
  module_words_.Forget();
  root_words_.Forget();
}

void Execution::Begin(const ModuleId& module, Time at) {
  current_.reset();
  Forget();
  LoggedBackup* backup = Backup(module);
  if (backup == nullptr) return;
  backup->began = at;
  backup->end = LoggedBackup::End::kUnknown;
  backup->ended.reset();
  current_ = static_cast<std::size_t>(backup - pass_.backups.data());
}

void Execution::EndBackup(const Sentence& sentence, LoggedBackup::End end, Time at) {
  current_.reset();
  Forget();
  LoggedBackup* backup = Backup(*sentence.module);
  if (backup == nullptr) return;
  if (end == LoggedBackup::End::kBusy) {
    if (!backup->busy_since) backup->busy_since = at;
    backup->failed.clear();  // what was said meanwhile was of the backup that is under way
  }
  backup->end = end;
  backup->ended = at;
  backup->exit_status = sentence.status;
}

void Execution::Take(const Sentence& sentence, Time at) {
  using BackupEnd = LoggedBackup::End;
  pass_.last = at;
  switch (sentence.kind) {
    case Kind::kBegan: return Begin(*sentence.module, at);
    case Kind::kCompleted: return EndBackup(sentence, BackupEnd::kCompleted, at);
    case Kind::kFailed: return EndBackup(sentence, BackupEnd::kFailed, at);
    case Kind::kGaveUp: return EndBackup(sentence, BackupEnd::kGaveUp, at);
    case Kind::kBusy: return EndBackup(sentence, BackupEnd::kBusy, at);
    case Kind::kEndedWell: return EndWith(End::kWell, at);
    case Kind::kEndedWithFailures: return EndWith(End::kWithFailures, at);
    case Kind::kNothingToDo: return EndWith(End::kNothingToDo, at);
    default: return TakeStep(sentence, at, false);
  }
}

void Execution::TakeStep(const Sentence& sentence, Time at, bool of_module) {
  StepWords& words = WordsOf(of_module);
  if (sentence.kind == Kind::kResticReached) return words.Forget();
  const auto step = FailedStepOf(sentence.kind);
  if (!step || !current_) return;
  if (*step == BackupStep::kStoreStatus) words.Forget();  // restic has no part in it
  FailedStep failed = words.Fail(*step, at, sentence.words);
  auto& of_backup = pass_.backups[*current_].failed;
  if (of_backup.size() < kMostFailed) of_backup.push_back(std::move(failed));
}

void Execution::TakeUnit(const Sentence& sentence, Time at) {
  if (has_said_its_end()) return;
  switch (sentence.kind) {
    case Kind::kUnitStopping: is_stopping_ = true; return;
    case Kind::kUnitKilled:
      pass_.signal = sentence.words.substr(0, 32);
      return EndWith(is_stopping_ ? End::kStopped : End::kKilled, at);
    case Kind::kUnitFailed: {
      if (pass_.end != End::kUnknown) return;  // it repeats what was said of the process
      const std::string_view result =
          sentence.words.substr(0, std::min(sentence.words.find('\''), std::size_t{32}));
      if (result != "exit-code") pass_.signal = result;
      return EndWith(result == "exit-code" ? End::kLost : End::kKilled, at);
    }
    default:
      if (pass_.end == End::kUnknown) EndWith(is_stopping_ ? End::kStopped : End::kLost, at);
  }
}

void Execution::EndWith(LoggedPass::End end, Time at) {
  pass_.end = end;
  pass_.ended = at;
  if (end != End::kKilled) pass_.signal.clear();
}

}  // namespace backup_monitor::journal
