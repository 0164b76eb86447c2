#include "announcement/message_writer.h"

#include <cstdint>
#include <random>

#include "report/mail/mail.h"
#include "text/mail_address.h"

namespace backup_monitor::announcement {
namespace {

/// Unique beyond this machine: 128 random bits at the sender's domain (RFC 5322, section 3.6.4).
std::string NewMessageId(const std::string& sender) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::random_device source;
  std::string id = "<";
  for (int word = 0; word < 4; ++word) {
    std::uint32_t bits = source();
    for (int digit = 0; digit < 8; ++digit, bits >>= 4) id += kHex[bits & 0xf];
  }
  return id + sender.substr(sender.find('@')) + ">";
}

}  // namespace

MessageWriter::MessageWriter(Correspondence mail)
    : mail_{std::move(mail)}, writer_{mail_.language, mail_.subject_prefix} {}

Result<Message> MessageWriter::Write(const report::ReportFacts& facts,
                                     const Address& address) const {
  const Report& report = facts.report;
  const RenderedReport words = writer_.Render(facts);
  Message message;
  message.kind = report.kind;
  for (const RunSection& run : report.runs) {
    if (run.run != RunId{}) message.runs.push_back(run.run);
  }
  message.request = address.request;
  message.created_at = report.created_at;
  message.message_id = NewMessageId(mail_.from);
  message.thread_root = address.in_reply_to ? address.in_reply_to->thread_root : message.message_id;
  message.sender = mail_.from;
  message.recipients = address.recipients.empty() ? mail_.to : address.recipients;
  message.subject = words.subject;

  if (message.recipients.empty())
    return Fail(ErrorCode::kInvalidInput, "write a mail: there is no recipient");
  for (const std::string& recipient : message.recipients) {
    if (!IsMailAddress(recipient, MailDomain::kNameOrLiteral)) {
      return Fail(ErrorCode::kInvalidInput, "write a mail: a recipient is not an address");
    }
  }

  report::mail::MailHeaders headers;
  headers.from = message.sender;
  headers.date = message.created_at;
  headers.message_id = message.message_id;
  if (address.in_reply_to) {
    headers.thread_root = address.in_reply_to->thread_root;
    headers.in_reply_to = address.in_reply_to->message_id;
  }
  auto mail = report::mail::ComposeMail(headers, words);
  if (!mail) return Fail(std::move(mail.error()).While("write a mail"));
  message.mail = *std::move(mail);
  message.html = words.html;
  // As in the mail, where the last line end belongs to the boundary (RFC 2046, section 5.1.1).
  if (message.html.ends_with('\n')) message.html.pop_back();
  return message;
}

}  // namespace backup_monitor::announcement
