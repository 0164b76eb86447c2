#include "journal/step_words.h"

#include <charconv>
#include <utility>

#include "base/json/json_value.h"
#include "base/redaction.h"

namespace backup_monitor::journal {
namespace {

constexpr std::string_view kStatusBefore = "returned non-zero exit status ";
constexpr std::string_view kSignalBefore = "died with ";

std::string Quoted(std::string_view words) { return Quotable(words, FailedStep::kMostWords); }

/// "Command '[…]' returned non-zero exit status 3."
std::optional<int> StatusIn(std::string_view words) {
  const std::size_t at = words.rfind(kStatusBefore);
  if (at == std::string_view::npos) return std::nullopt;
  const char* const begin = words.data() + at + kStatusBefore.size();
  int status = 0;
  const auto [end, error] = std::from_chars(begin, words.data() + words.size(), status);
  return error == std::errc{} ? std::optional{status} : std::nullopt;
}

/// What an exception says besides the command, which is long and no news.
std::string_view WithoutCommand(std::string_view words) {
  if (words.rfind(kStatusBefore) != std::string_view::npos) return {};
  const std::size_t died = words.rfind(kSignalBefore);
  return died == std::string_view::npos ? words : words.substr(died);
}

}  // namespace

void StepWords::Note(std::string_view message) {
  constexpr std::string_view kFatal = "Fatal: ";
  constexpr std::string_view kLocked = "unable to create lock in backend: ";
  constexpr std::string_view kError = "error: ";
  if (message.starts_with('{')) NoteJson(message);
  else if (message.starts_with(kFatal) || message.starts_with(kLocked)) last_ = Quoted(message);
  else if (message.starts_with(kError)) NoteUnread(message.substr(kError.size()));
}

void StepWords::NoteJson(std::string_view message) {
  const auto document = ParseJsonObject(message, {.utf8_only = false});
  if (!document) return;
  const std::string_view type = TextMember(*document, "message_type");
  if (type == "exit_error") last_ = Quoted(TextMember(*document, "message"));
  if (type == "error" && TextMember(*document, "during") == "archival")
    NoteUnread(TextMember(Member(*document, "error"), "message"));
}

void StepWords::NoteUnread(std::string_view words) {
  if (unread_.size() < FailedStep::kMostUnread && !words.empty()) unread_.push_back(Quoted(words));
}

FailedStep StepWords::Fail(BackupStep step, Time at, std::string_view words) {
  FailedStep failed{step, at, StatusIn(words), std::move(last_), {}};
  if (failed.words.empty()) failed.words = Quoted(WithoutCommand(words));
  if (failed.some_unread()) failed.unread = std::move(unread_);
  Forget();
  return failed;
}

void StepWords::Forget() {
  last_.clear();
  unread_.clear();
}

}  // namespace backup_monitor::journal
