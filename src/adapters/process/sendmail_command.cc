#include "adapters/process/sendmail_command.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "notify/addressed_mail.h"
#include "notify/attempt_detail.h"
#include "notify/smtp_answer.h"
#include "text/ascii.h"
#include "text/escape_html.h"

namespace backup_monitor::process {
namespace {

constexpr int kNoUser = 67;  // EX_NOUSER of sysexits.h

std::string WithLineFeeds(std::string_view mail) {
  std::string text;
  text.reserve(mail.size());
  for (std::size_t i = 0; i < mail.size(); ++i) {
    if (mail[i] == '\r' && i + 1 < mail.size() && mail[i + 1] == '\n') continue;
    text += mail[i];
  }
  return text;
}

/// A relay's answer in the notation of Python's smtplib, "(550, b'5.1.1 no such user')".
struct SmtplibAnswer {
  int code = 0;
  std::string_view text;
  notify::SmtpStep step = notify::SmtpStep::kContent;
};

/// SMTPRecipientsRefused alone is a dict of addresses, "{'a@b': (550, b'...')}"; a refused sender is
/// followed by its address, "(553, b'...', 'a@b')" (CPython 3.11, Lib/smtplib.py).
std::optional<SmtplibAnswer> FindAnswer(std::string_view words) {
  for (auto at = words.find(", b"); at != std::string_view::npos; at = words.find(", b", at + 1)) {
    if (at < 4 || words[at - 4] != '(' || at + 3 >= words.size()) continue;
    const char quote = words[at + 3];
    const auto digits = words.substr(at - 3, 3);
    if (quote != '\'' && quote != '"') continue;
    if (!std::ranges::all_of(digits, IsDigit)) continue;
    SmtplibAnswer answer;
    answer.code = (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0');
    answer.text = words.substr(at + 4);
    const auto end = answer.text.find(quote);
    answer.text = answer.text.substr(0, end);
    const auto rest = end == std::string_view::npos ? end : at + 4 + end + 1;
    if (words.substr(0, at - 4).ends_with("': ")) answer.step = notify::SmtpStep::kRecipient;
    else if (rest < words.size() && words[rest] == ',') answer.step = notify::SmtpStep::kMail;
    return answer;
  }
  return std::nullopt;
}

AttemptResult Ns8Result(std::string_view words) {
  if (words.find("Smarthost is not enabled") != std::string_view::npos)
    return AttemptResult::kDisabled;
  const auto answer = FindAnswer(words);
  if (!answer || answer->code / 100 != 5) return AttemptResult::kTemporary;
  return notify::NamesRecipient(answer->step, answer->code, answer->text)
             ? AttemptResult::kPermanent
             : AttemptResult::kRefused;
}

AttemptResult ResultOf(const ChildResult& result, bool is_ns8_sendmail) {
  if (result.end != ChildEnd::kExited) return AttemptResult::kTemporary;
  if (result.status == 0) return AttemptResult::kDelivered;
  if (is_ns8_sendmail) return Ns8Result(result.errors);
  return result.status == kNoUser ? AttemptResult::kPermanent : AttemptResult::kTemporary;
}

/// What another recipient's refusal is compared with.
std::string AnswerOf(const ChildResult& result, bool is_ns8_sendmail) {
  const auto answer = is_ns8_sendmail ? FindAnswer(result.errors) : std::nullopt;
  if (!answer) return "status " + std::to_string(result.status);
  return notify::AnswerCodes(std::to_string(answer->code) + " " + std::string{answer->text});
}

std::string HowItEnded(const ChildResult& result) {
  switch (result.end) {
    case ChildEnd::kTimedOut: return "the command did not end in time and was ended";
    case ChildEnd::kStopped: return "cut short: the service is stopping";
    case ChildEnd::kSignalled: return "the command died of signal " + std::to_string(result.status);
    case ChildEnd::kExited: break;
  }
  if (result.status == 0) return "handed to the command";
  return "the command ended with status " + std::to_string(result.status);
}

/// What is sent of a message whose HTML was not stored.
std::string ShortPage(const std::string& subject) {
  const std::string title = EscapeHtml(subject);
  return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>" + title +
         "</title></head>\n<body><p><b>" + title +
         "</b></p>\n<p>The whole report is on the page of the backup monitor.</p></body></html>\n";
}

}  // namespace

bool IsNs8Sendmail(const std::vector<std::string>& command) {
  return std::ranges::any_of(command, [](const auto& word) {
    return std::filesystem::path{word}.filename() == "ns8-sendmail";
  });
}

SendmailCall MakeSendmailCall(const std::vector<std::string>& command, const Message& message,
                              const std::string& recipient) {
  SendmailCall call{command, {}};
  if (IsNs8Sendmail(command)) {
    // With an equals sign: a subject may begin with a hyphen. Control characters would be refused.
    auto subject = message.subject;
    std::ranges::replace_if(
        subject, [](char c) { return c >= 0 && c < ' '; }, ' ');
    call.arguments.insert(call.arguments.end(),
                          {"--subject=" + subject, "--from=" + message.sender, "--", recipient});
    call.input = message.html.empty() ? ShortPage(subject) : message.html;
    return call;
  }
  call.arguments.insert(call.arguments.end(), {"-i", "-f", message.sender, "--", recipient});
  call.input = WithLineFeeds(notify::AddressedTo(message.mail, recipient));
  return call;
}

Attempt JudgeSendmail(const ChildResult& result, bool is_ns8_sendmail) {
  const auto meaning = ResultOf(result, is_ns8_sendmail);
  if (meaning == AttemptResult::kDisabled) return {{}, meaning, "the mail relay is disabled"};
  const auto& words = result.errors.empty() ? result.output : result.errors;
  auto detail = HowItEnded(result);
  if (!words.empty() && result.end != ChildEnd::kStopped) detail += ": " + words;
  Attempt attempt{{}, meaning, notify::OneLine(detail)};
  if (meaning == AttemptResult::kPermanent) attempt.answer = AnswerOf(result, is_ns8_sendmail);
  return attempt;
}

}  // namespace backup_monitor::process
