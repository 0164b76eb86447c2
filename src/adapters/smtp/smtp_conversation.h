#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/smarthost.h"
#include "notify/smtp_answer.h"

namespace backup_monitor::smtp {

/// What passed between us and a relay during one transaction, and what it means so far.
///
/// Fed by the callbacks of the transfer. It believes only what can be an answer: whole, well-formed, and
/// come after the question. No I/O.
class SmtpConversation {
 public:
  /// `mail` and `relay` must outlive this.
  SmtpConversation(std::string_view mail, const Smarthost& relay);

  /// A command went out: "MAIL FROM:<a@b>\r\n".
  void Sent(std::string_view command);

  /// The next bytes of the mail, at most `size`. `bytes_received` as in Heard(), read before.
  [[nodiscard]] std::string_view Give(std::size_t size,
                                      std::optional<std::uint64_t> bytes_received);

  /// The relay said a line: "250-SIZE 1000\r\n".
  ///
  /// \param bytes_received  how many bytes had come over the connection when the line was read; none if
  ///        that cannot be known
  /// \return false if nothing more may be said: a user is set and the relay offers no log-in
  [[nodiscard]] bool Heard(std::string_view line, std::optional<std::uint64_t> bytes_received);

  [[nodiscard]] notify::SmtpStep step() const noexcept { return step_; }
  /// The answer to step(), its lines joined: "550 5.1.1 no such user". Empty if none has come. Foreign.
  [[nodiscard]] const std::string& reply() const noexcept { return reply_; }
  [[nodiscard]] int reply_code() const noexcept { return reply_code_; }  ///< 0: none.
  /// The whole mail was answered with 250, well-formed and after its end.
  [[nodiscard]] bool taken() const noexcept;
  /// The relay answered something before it was asked. From then on an answer cannot be assigned to its command.
  /// Over TLS, whose own messages are bytes too, it is noticed only where nothing else comes meanwhile.
  [[nodiscard]] bool early() const noexcept { return early_; }
  /// The answer to step() has lines that are none of SMTP (RFC 5321, section 4.2).
  [[nodiscard]] bool malformed() const noexcept { return malformed_; }
  [[nodiscard]] bool leaving() const noexcept { return leaving_; }  ///< QUIT was sent.
  [[nodiscard]] bool no_login() const noexcept { return no_login_; }
  [[nodiscard]] bool starttls_offered() const noexcept { return starttls_offered_; }
  [[nodiscard]] bool secured() const noexcept { return secured_; }
  [[nodiscard]] bool mail_begun() const noexcept { return mail_begun_; }

  /// Line by line, "> MAIL FROM:<a@b>" and "< 250 ok", without credentials and without the mail; at most
  /// 60 lines of at most 200 characters.
  [[nodiscard]] std::vector<std::string> TakeDialogue() { return std::move(dialogue_); }

 private:
  void AwaitAnswer();
  void Note(std::string_view direction, std::string_view line);
  void Join(std::string_view line);
  void Complete(std::optional<std::uint64_t> bytes_received);
  [[nodiscard]] bool MayGoOn();

  std::string_view unsent_;
  const Smarthost& relay_;
  notify::SmtpStep step_ = notify::SmtpStep::kGreeting;
  std::string reply_;
  int reply_code_ = 0;
  bool complete_ = false;  ///< The answer to `step_` is whole.
  bool early_ = false;
  bool malformed_ = false;
  bool leaving_ = false;
  bool no_login_ = false;
  bool login_offered_ = false;
  bool starttls_offered_ = false;
  bool secured_ = false;
  bool mail_begun_ = false;
  std::uint64_t heard_bytes_ = 0;
  std::optional<std::uint64_t>
      asked_at_;  ///< Bytes received when the last answer was whole, or the mail.
  std::vector<std::string> dialogue_;
};

}  // namespace backup_monitor::smtp
