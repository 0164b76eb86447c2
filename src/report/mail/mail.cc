#include "report/mail/mail.h"

#include <algorithm>

#include "report/mail/mail_encoding.h"
#include "text/ascii.h"
#include "text/fit_text.h"
#include "text/mail_address.h"
#include "text/utc_time.h"

namespace backup_monitor::report::mail {
namespace {

// "=_" can stand neither in quoted-printable nor in base64, so no part can hold it.
constexpr std::string_view kBoundary = "=_backup-monitor-alternative";

constexpr std::size_t kSubjectCharacters = 300;

bool IsMessageId(std::string_view text) {
  return text.size() >= 5 && text.size() <= 500 && text.front() == '<' && text.back() == '>' &&
         text.find('@') != std::string_view::npos &&
         std::all_of(text.begin() + 1, text.end() - 1,
                     [](char c) { return IsGraphic(c) && c != '<' && c != '>'; });
}

Result<void> Check(const MailHeaders& headers) {
  if (!IsMailAddress(headers.from, MailDomain::kNameOrLiteral))
    return Fail(ErrorCode::kInvalidInput, "sender is not an address");
  if (!IsMessageId(headers.message_id))
    return Fail(ErrorCode::kInvalidInput, "message id is malformed");
  for (const std::string& id : {headers.in_reply_to, headers.thread_root}) {
    if (!id.empty() && !IsMessageId(id))
      return Fail(ErrorCode::kInvalidInput, "thread id is malformed");
  }
  return {};
}

void AddThread(const MailHeaders& headers, std::string& mail) {
  const std::string root = headers.thread_root == headers.message_id ? "" : headers.thread_root;
  const std::string& parent = headers.in_reply_to.empty() ? root : headers.in_reply_to;
  if (parent.empty()) return;
  mail += "In-Reply-To: " + parent + "\r\nReferences:";
  if (!root.empty() && root != parent) mail += " " + root + "\r\n";
  mail += " " + parent + "\r\n";
}

void AddPart(std::string_view type, std::string_view text, std::string& mail) {
  const EncodedBody body = EncodeBody(text);
  mail += "--" + std::string{kBoundary} + "\r\nContent-Type: " + std::string{type} +
          "; charset=utf-8\r\nContent-Transfer-Encoding: " + std::string{body.encoding} +
          "\r\n\r\n";
  mail += body.bytes;
}

}  // namespace

Result<std::string> ComposeMail(const MailHeaders& headers, const RenderedReport& report) {
  if (const auto checked = Check(headers); !checked) return Fail(checked.error());
  std::string mail = "Date: " + HeaderDate(headers.date) + "\r\n";
  mail += "From: NS8 backup monitor\r\n <" + headers.from + ">\r\n";
  mail +=
      "Subject: " + EncodeHeaderText(ShowForeign(report.subject, kSubjectCharacters), 9) + "\r\n";
  mail += "Message-ID: " + headers.message_id + "\r\n";
  AddThread(headers, mail);
  mail +=
      "Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\nMIME-Version: 1.0\r\n";
  mail += "Content-Type: multipart/alternative;\r\n boundary=\"" + std::string{kBoundary} +
          "\"\r\n\r\n";
  AddPart("text/plain", report.text, mail);
  AddPart("text/html", report.html, mail);
  mail += "--" + std::string{kBoundary} + "--\r\n";
  return mail;
}

}  // namespace backup_monitor::report::mail
