#pragma once

#include <optional>
#include <string>

#include "journal/sentence.h"
#include "journal/step_words.h"
#include "model/logged_pass.h"

namespace backup_monitor::journal {

/// One execution of run-backup, as far as we have read.
class Execution {
 public:
  /// \param entry  the first of it: run-backup's own, or systemd's that begins its unit
  Execution(const JournalEntry& entry, std::string unit, LoggedPass pass)
      : boot_{entry.boot}, unit_{std::move(unit)}, pass_{std::move(pass)} {}

  [[nodiscard]] bool is_in(const std::string& boot, const std::string& unit) const {
    return boot_ == boot && unit_ == unit;
  }
  [[nodiscard]] const std::string& boot() const noexcept { return boot_; }
  [[nodiscard]] const std::string& unit() const noexcept { return unit_; }
  [[nodiscard]] const LoggedPass& pass() const noexcept { return pass_; }
  /// It has said itself how it ended.
  [[nodiscard]] bool has_said_its_end() const noexcept;
  /// The module that it is at; nullptr if none is, or it has ended.
  [[nodiscard]] const ModuleId* current() const noexcept;
  /// Is this entry written by its process? The first one that is asked about decides which that is.
  [[nodiscard]] bool IsWrittenBy(const JournalEntry& entry);
  /// May this be output of what it has begun, and not of something else of the same module's user?
  [[nodiscard]] bool IsOutput(const JournalEntry& entry) const noexcept {
    return entry.identifier == identifier_;
  }

  /// Its first entry is systemd's that began it.
  void BeginIsKnown() noexcept { pass_.begin_is_known = true; }
  /// What run-backup itself says.
  void Take(const Sentence& sentence, Time at);
  /// What module-backup of the current module says, or a step of it.
  void TakeStep(const Sentence& sentence, Time at, bool of_module);
  /// Any other line that belongs to the current module.
  void Note(const JournalEntry& entry) { WordsOf(entry.module.has_value()).Note(entry.message); }
  /// What systemd says of its unit.
  void TakeUnit(const Sentence& sentence, Time at);
  /// It has ended, and it is not said how.
  void EndWith(LoggedPass::End end, Time at);

  [[nodiscard]] LoggedPass Passed() && { return std::move(pass_); }

 private:
  [[nodiscard]] LoggedBackup* Backup(const ModuleId& module);
  [[nodiscard]] StepWords& WordsOf(bool of_module) {
    return of_module ? module_words_ : root_words_;
  }
  void Begin(const ModuleId& module, Time at);
  void EndBackup(const Sentence& sentence, LoggedBackup::End end, Time at);
  void Forget();

  std::string boot_;
  std::string unit_;
  std::string process_;  ///< Empty until it has said something.
  std::string
      identifier_;  ///< Under which its output stands in the journal; what it begins inherits that.
  LoggedPass pass_;
  std::optional<std::size_t> current_;  ///< Of pass_.backups.
  bool is_stopping_ = false;
  StepWords module_words_;
  StepWords root_words_;
};

}  // namespace backup_monitor::journal
