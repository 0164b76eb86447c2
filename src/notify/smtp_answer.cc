#include "notify/smtp_answer.h"

#include <algorithm>
#include <array>

#include "text/ascii.h"

namespace backup_monitor::notify {
namespace {

constexpr std::array<std::string_view, 6> kOfRecipients{"5.1.1", "5.1.2",  "5.1.3",
                                                        "5.1.6", "5.1.10", "5.2.1"};
/// Words of refusals that somebody else than the recipient can put right.
constexpr std::array<std::string_view, 9> kOfRelays{"relay",  "auth",   "log in", "sender", "helo",
                                                    "denied", "policy", "spam",   "block"};

/// The enhanced code that `text` begins with, "5.1.10"; some relays put it behind a '#' or in brackets.
std::string_view EnhancedCode(std::string_view text) {
  while (!text.empty() && (text[0] == ' ' || text[0] == '#' || text[0] == '(' || text[0] == '[')) {
    text.remove_prefix(1);
  }
  std::size_t at = 0;
  for (const std::size_t most :
       {1U, 3U, 3U}) {  // digits of class, subject and detail (RFC 3463, section 2)
    if (most == 3 && (at >= text.size() || text[at++] != '.')) return {};
    const auto start = at;
    while (at < text.size() && IsDigit(text[at])) ++at;
    if (at == start || at - start > most) return {};
  }
  return text.substr(0, at);
}

}  // namespace

std::string_view Name(SmtpStep step) noexcept {
  switch (step) {
    case SmtpStep::kGreeting: return "the greeting";
    case SmtpStep::kHello: return "EHLO";
    case SmtpStep::kStartTls: return "STARTTLS";
    case SmtpStep::kLogin: return "AUTH";
    case SmtpStep::kMail: return "MAIL";
    case SmtpStep::kRecipient: return "RCPT";
    case SmtpStep::kData: return "DATA";
    case SmtpStep::kContent: return "the mail";
  }
  return "";
}

bool NamesRecipient(SmtpStep step, int code, std::string_view text) {
  if (code / 100 != 5 || step < SmtpStep::kRecipient) return false;
  const auto enhanced = EnhancedCode(text);
  if (!enhanced.empty()) return std::ranges::count(kOfRecipients, enhanced) > 0;
  if (step != SmtpStep::kRecipient || (code != 550 && code != 551 && code != 553)) return false;
  const std::string lower = LowerCase(text);
  return std::ranges::none_of(kOfRelays,
                              [&](auto word) { return lower.find(word) != std::string::npos; });
}

std::string AnswerCodes(std::string_view reply) {
  if (reply.size() < 3 || !std::all_of(reply.begin(), reply.begin() + 3, IsDigit)) return {};
  if (reply.size() > 3 && reply[3] != ' ') return {};
  const auto enhanced = reply.size() > 3 ? EnhancedCode(reply.substr(4)) : std::string_view{};
  return std::string{reply.substr(0, 3)} + (enhanced.empty() ? "" : " ") + std::string{enhanced};
}

}  // namespace backup_monitor::notify
