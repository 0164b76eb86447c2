#include "adapters/process/sendmail_command.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "adapters/process/html_part.h"
#include "notify/attempt_detail.h"

namespace backup_monitor {
namespace {

constexpr std::array kPermanentStatuses{65, 67, 68};  // EX_DATAERR, EX_NOUSER, EX_NOHOST

std::string WithLineFeeds(std::string_view mail) {
  std::string text;
  text.reserve(mail.size());
  for (std::size_t i = 0; i < mail.size(); ++i) {
    if (mail[i] == '\r' && i + 1 < mail.size() && mail[i + 1] == '\n') continue;
    text += mail[i];
  }
  return text;
}

/// The code in "(550, b'no such user')"; 0 if there is none.
int SmtplibCode(std::string_view words) {
  for (auto at = words.find(", b'"); at != std::string_view::npos; at = words.find(", b'", at + 1)) {
    if (at < 4 || words[at - 4] != '(') continue;
    const auto digits = words.substr(at - 3, 3);
    if (!std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) continue;
    return (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0');
  }
  return 0;
}

bool Ns8Refused(std::string_view words) {
  const int code = SmtplibCode(words);
  return code / 100 == 5 && code != 530 && code != 534 && code != 535 && code != 538;
}

AttemptResult ResultOf(const ChildResult& result, bool is_ns8_sendmail) {
  if (result.end != ChildEnd::kExited) return AttemptResult::kTemporary;
  if (result.status == 0) return AttemptResult::kDelivered;
  if (is_ns8_sendmail && result.errors.find("Smarthost is not enabled") != std::string::npos) {
    return AttemptResult::kDisabled;
  }
  const bool refused = is_ns8_sendmail ? Ns8Refused(result.errors)
                                       : std::ranges::count(kPermanentStatuses, result.status) > 0;
  return refused ? AttemptResult::kPermanent : AttemptResult::kTemporary;
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
    std::ranges::replace_if(subject, [](char c) { return c >= 0 && c < ' '; }, ' ');
    call.arguments.insert(call.arguments.end(), {"--subject=" + subject, "--from=" + message.sender,
                                                 "--", recipient});
    call.input = HtmlPart(message.mail);
    if (call.input.empty()) call.input = WithLineFeeds(message.mail);
    return call;
  }
  call.arguments.insert(call.arguments.end(), {"-i", "-f", message.sender, "--", recipient});
  call.input = WithLineFeeds(message.mail);
  return call;
}

Attempt JudgeSendmail(const ChildResult& result, bool is_ns8_sendmail) {
  const auto meaning = ResultOf(result, is_ns8_sendmail);
  if (meaning == AttemptResult::kDisabled) return {{}, meaning, "the mail relay is disabled"};
  const auto& words = result.errors.empty() ? result.output : result.errors;
  auto detail = HowItEnded(result);
  if (!words.empty() && result.end != ChildEnd::kStopped) detail += ": " + words;
  return {{}, meaning, OneLine(detail)};
}

}  // namespace backup_monitor
