#include "journal/sentence.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "journal/timer_unit.h"
#include "text/ascii.h"

namespace backup_monitor::journal {
namespace {

using Kind = Sentence::Kind;

enum class Writer : std::uint8_t { kRunBackup, kModuleBackup, kSystemd };

/// In a pattern stand %m for a module, %p for a plan, %n for a number, %x for a path and %w for everything up to the end;
/// each is a whole word, so that plan 1 is not plan 12.
struct Pattern {
  Writer writer;
  std::string_view text;
  Kind kind;
};

constexpr std::array<Pattern, 35> kPatterns{{
    {Writer::kRunBackup, "%m: starting backup %p at %w", Kind::kBegan},
    {Writer::kRunBackup, "%m: backup %p completed", Kind::kCompleted},
    {Writer::kRunBackup, "%m: backup %p completed (retry)", Kind::kCompleted},
    {Writer::kRunBackup, "%m: already running, queued for retry", Kind::kBusy},
    {Writer::kRunBackup, "%m: still running, will retry", Kind::kBusy},
    {Writer::kRunBackup, "%m: backup %p failed (exit code %n)", Kind::kFailed},
    {Writer::kRunBackup, "%m: backup %p failed on retry (exit code %n)", Kind::kFailed},
    {Writer::kRunBackup, "%m: gave up retrying after %ns", Kind::kGaveUp},
    {Writer::kRunBackup, "[ERROR] restic stats failed for %x: %w", Kind::kStatisticsFailed},
    {Writer::kRunBackup, "[ERROR] retention policy failed for %x: %w", Kind::kRetentionFailed},
    {Writer::kRunBackup, "Cannot store backup status! %w", Kind::kStatusNotStored},
    {Writer::kRunBackup, "Cluster backup uploaded as %w", Kind::kClusterUploaded},
    {Writer::kRunBackup, "[ERROR] cluster-backup failed: %w", Kind::kClusterNotUploaded},
    {Writer::kRunBackup, "[ERROR] upload of cluster backup GPG file failed: %w",
     Kind::kClusterNotUploaded},
    {Writer::kRunBackup, "Backup %p completed successfully", Kind::kEndedWell},
    {Writer::kRunBackup, "Backup %p finished with failures: %w", Kind::kEndedWithFailures},
    {Writer::kRunBackup, "No local modules for backup %p", Kind::kNothingToDo},
    {Writer::kRunBackup, "Backup %p is not enabled", Kind::kNothingToDo},
    {Writer::kModuleBackup, "Repository is present at path %w", Kind::kResticReached},
    {Writer::kModuleBackup, "Initializing repository at path %w", Kind::kResticReached},
    {Writer::kModuleBackup, "[ERROR] module-dump-state failed. %w", Kind::kDumpFailed},
    {Writer::kModuleBackup, "[ERROR] restic init failed: %w", Kind::kInitFailed},
    {Writer::kModuleBackup, "[ERROR] restic backup failed: %w", Kind::kSnapshotFailed},
    {Writer::kModuleBackup, "[ERROR] module-cleanup-state failed. %w", Kind::kModuleCleanUpFailed},
    // How a unit is called in these depends on the system (StatusUnitFormat=); the field UNIT names it.
    {Writer::kSystemd, "Started %w", Kind::kUnitStarted},
    {Writer::kSystemd, "Stopping %w", Kind::kUnitStopping},
    {Writer::kSystemd, "backup%p.service: Sent signal SIGTERM to main process %w",
     Kind::kUnitStopping},
    {Writer::kSystemd, "backup%p.service: Sent signal SIGINT to main process %w",
     Kind::kUnitStopping},
    {Writer::kSystemd, "backup%p.service: Sent signal SIGHUP to main process %w",
     Kind::kUnitStopping},
    {Writer::kSystemd, "backup%p.service: Sent signal SIGKILL to main process %w",
     Kind::kUnitStopping},
    {Writer::kSystemd, "backup%p.service: Main process exited, code=killed, status=%w",
     Kind::kUnitKilled},
    {Writer::kSystemd, "backup%p.service: Main process exited, code=dumped, status=%w",
     Kind::kUnitKilled},
    {Writer::kSystemd, "backup%p.service: Main process exited, code=exited, status=%w",
     Kind::kUnitEnded},
    {Writer::kSystemd, "backup%p.service: Failed with result '%w", Kind::kUnitFailed},
    {Writer::kSystemd, "backup%p.service: Deactivated successfully.", Kind::kUnitEnded},
}};

bool IsOfModuleId(char c) { return IsAlphanumeric(c) || c == '-' || c == '_'; }
bool IsOfNumber(char c) { return IsDigit(c) || c == '-'; }
bool IsOfPath(char c) { return IsGraphic(c) && c != ':'; }

/// Takes the longest word of such characters off the front; empty if there is none.
template <typename IsOfIt>
std::string_view TakeWord(std::string_view& rest, IsOfIt is_of_it) {
  const auto end = std::find_if_not(rest.begin(), rest.end(), is_of_it);
  const std::string_view word = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  rest.remove_prefix(word.size());
  return word;
}

std::optional<int> Number(std::string_view digits) {
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc{} && end == digits.data() + digits.size() ? std::optional{number}
                                                                      : std::nullopt;
}

/// Reads what stands for a placeholder. False if it is not there.
bool TakePlaceholder(char placeholder, std::string_view& rest, Sentence& sentence) {
  if (placeholder == 'w') {
    sentence.words = rest;
    rest = {};
    return true;
  }
  const std::string_view word = placeholder == 'm'   ? TakeWord(rest, IsOfModuleId)
                                : placeholder == 'x' ? TakeWord(rest, IsOfPath)
                                                     : TakeWord(rest, IsOfNumber);
  if (word.empty() || (placeholder == 'm' && !IsModuleId(word))) return false;
  if (placeholder == 'p' && !std::ranges::all_of(word, IsDigit)) return false;
  if (placeholder == 'm') sentence.module = ModuleId{std::string{word}};
  if (placeholder == 'p') sentence.plan = PlanId{std::string{word}};
  if (placeholder == 'n') sentence.status = Number(word);
  return true;
}

std::optional<Sentence> Match(const Pattern& pattern, std::string_view message) {
  Sentence sentence{pattern.kind, {}, {}, {}, {}};
  std::string_view rest = message;
  for (std::size_t at = 0; at < pattern.text.size(); ++at) {
    if (pattern.text[at] == '%') {
      if (!TakePlaceholder(pattern.text[++at], rest, sentence)) return std::nullopt;
    } else {
      if (rest.empty() || rest.front() != pattern.text[at]) return std::nullopt;
      rest.remove_prefix(1);
    }
  }
  if (!rest.empty()) return std::nullopt;
  return sentence;
}

bool MayWrite(const JournalEntry& entry, Writer writer) {
  switch (writer) {
    case Writer::kRunBackup: return entry.of_root && !entry.module;
    case Writer::kModuleBackup: return entry.of_root || entry.module;
    case Writer::kSystemd:
      return entry.of_root && !entry.module && entry.process == "1" &&
             entry.identifier == "systemd";
  }
  return false;
}

/// systemd's own entries name the unit that they are about. Gives the sentence its plan.
bool IsOfUnit(const JournalEntry& entry, Sentence& sentence) {
  const auto plan = PlanOfTimer(entry.subject_unit);
  if (!plan || (sentence.plan && sentence.plan != plan)) return false;
  sentence.plan = plan;
  return true;
}

}  // namespace

std::optional<Sentence> ReadSentence(const JournalEntry& entry) {
  for (const Pattern& pattern : kPatterns) {
    if (!MayWrite(entry, pattern.writer)) continue;
    auto sentence = Match(pattern, entry.message);
    if (!sentence) continue;
    if (pattern.kind == Kind::kGaveUp) sentence->status.reset();  // it is a time
    if (pattern.writer == Writer::kSystemd && !IsOfUnit(entry, *sentence)) continue;
    return sentence;
  }
  return std::nullopt;
}

}  // namespace backup_monitor::journal
