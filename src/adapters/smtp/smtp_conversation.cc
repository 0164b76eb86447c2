#include "adapters/smtp/smtp_conversation.h"

#include <algorithm>
#include <array>
#include <utility>

#include "adapters/smtp/credentials.h"
#include "notify/attempt_detail.h"
#include "text/ascii.h"

namespace backup_monitor::smtp {
namespace {

using notify::SmtpStep;

constexpr std::size_t kLongestReply = 4096;
constexpr std::size_t kLongestLine = 200;
constexpr std::size_t kMostLines = 60;

constexpr std::array<std::pair<std::string_view, SmtpStep>, 7> kCommands{
    {{"EHLO", SmtpStep::kHello},
     {"HELO", SmtpStep::kHello},
     {"STARTTLS", SmtpStep::kStartTls},
     {"AUTH", SmtpStep::kLogin},
     {"MAIL", SmtpStep::kMail},
     {"RCPT", SmtpStep::kRecipient},
     {"DATA", SmtpStep::kData}}};

std::string_view WithoutLineEnd(std::string_view line) {
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
  return line;
}

/// RFC 5321, section 4.2: a code from 200 to 599, then nothing, or a blank or hyphen and text.
bool IsReplyLine(std::string_view line) {
  if (line.size() < 3 || line[0] < '2' || line[0] > '5') return false;
  if (!std::all_of(line.begin(), line.begin() + 3, IsDigit)) return false;
  return line.size() == 3 || line[3] == ' ' || line[3] == '-';
}

}  // namespace

SmtpConversation::SmtpConversation(std::string_view mail, const Smarthost& relay)
    : unsent_{mail}, relay_{relay}, secured_{relay.encryption == Encryption::kTls} {}

void SmtpConversation::Sent(std::string_view command) {
  command = WithoutLineEnd(command);
  if (command == "QUIT") {
    leaving_ = true;
    return Note("> ", command);
  }
  const auto known = std::ranges::find_if(
      kCommands, [&](const auto& entry) { return command.starts_with(entry.first); });
  // What follows AUTH are credentials, whatever they look like.
  const bool more_of_login = step_ == SmtpStep::kLogin && reply_code_ == 334;
  if (!more_of_login && known != kCommands.end()) step_ = known->second;
  if (step_ == SmtpStep::kHello) login_offered_ = starttls_offered_ = false;
  AwaitAnswer();
  Note("> ", step_ == SmtpStep::kLogin ? "AUTH ***" : command);
}

void SmtpConversation::AwaitAnswer() {
  reply_.clear();
  reply_code_ = 0;
  complete_ = malformed_ = false;
}

std::string_view SmtpConversation::Give(std::size_t size,
                                        std::optional<std::uint64_t> bytes_received) {
  const auto part = unsent_.substr(0, size);
  unsent_.remove_prefix(part.size());
  mail_begun_ = true;
  if (!unsent_.empty() || step_ == SmtpStep::kContent) return part;
  // TLS has messages of its own, so that there only an answer without any new byte is known to be early.
  if (!secured_ && asked_at_ && bytes_received > *asked_at_ + 1) early_ = true;
  asked_at_ = bytes_received;
  step_ = SmtpStep::kContent;
  AwaitAnswer();
  Note("> ", "(the mail)");
  return part;
}

bool SmtpConversation::Heard(std::string_view line, std::optional<std::uint64_t> bytes_received) {
  heard_bytes_ += line.size();
  line = WithoutLineEnd(line);
  const bool challenge = step_ == SmtpStep::kLogin && line.starts_with("334");
  Note("< ", challenge ? "334 ***" : line);
  if (leaving_) return true;
  if (!IsReplyLine(line)) {
    malformed_ = true;
    return true;
  }
  Join(line);
  if (!complete_) return true;
  Complete(bytes_received);
  return MayGoOn();
}

void SmtpConversation::Join(std::string_view line) {
  const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  if (complete_ || (reply_code_ != 0 && code != reply_code_)) malformed_ = true;
  if (complete_ || reply_code_ == 0) reply_ = line.substr(0, 3);
  if (line.size() > 4 && reply_.size() < kLongestReply) reply_.append(" ").append(line.substr(4));
  reply_code_ = code;
  complete_ = line.size() == 3 || line[3] != '-';
  if (step_ != SmtpStep::kHello || line.size() <= 4) return;
  // As libcurl 7.88 reads it (lib/smtp.c): what it does not see, it does not use.
  if (line.substr(4).starts_with("AUTH ")) login_offered_ = true;
  if (line.substr(4).starts_with("STARTTLS")) starttls_offered_ = true;
}

void SmtpConversation::Complete(std::optional<std::uint64_t> bytes_received) {
  // Not one byte has come since we asked: this was said before.
  if (asked_at_ && bytes_received == asked_at_) early_ = true;
  // More has come than this answer, and nothing more was asked. (What follows the answer to the mail,
  // such as "421 idle", takes nothing back.) The end of the connection counts as one byte.
  if (!secured_ && bytes_received > heard_bytes_ + 1 && step_ != SmtpStep::kContent) early_ = true;
  asked_at_ = bytes_received;
  if (step_ == SmtpStep::kStartTls && reply_code_ == 220) secured_ = true;
}

bool SmtpConversation::MayGoOn() {
  if (step_ != SmtpStep::kHello || reply_code_ / 100 != 2 || relay_.username.empty()) return true;
  if (relay_.encryption == Encryption::kStartTls && !secured_) return true;
  no_login_ = !login_offered_;
  return !no_login_;
}

bool SmtpConversation::taken() const noexcept {
  return step_ == SmtpStep::kContent && complete_ && reply_code_ == 250 && !early_ && !malformed_;
}

void SmtpConversation::Note(std::string_view direction, std::string_view line) {
  if (dialogue_.size() > kMostLines) return;
  if (dialogue_.size() == kMostLines) {
    dialogue_.emplace_back("(further lines are omitted)");
    return;
  }
  auto shown = notify::OneLine(WithoutPassword(std::string{line.substr(0, kLongestReply)}, relay_));
  if (shown.size() > kLongestLine) shown.resize(kLongestLine);
  dialogue_.push_back(std::string{direction} + shown);
}

}  // namespace backup_monitor::smtp
