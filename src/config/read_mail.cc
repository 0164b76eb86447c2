#include "config/address_rules.h"
#include "config/read_sections.h"

namespace backup_monitor::config {
namespace {

constexpr Words<Language, 2> kLanguages{{{"en", Language::kEnglish}, {"it", Language::kItalian}}};
constexpr Words<NotifyOn, 3> kOccasions{
    {{"every_run", NotifyOn::kEveryRun},
     {"problems_and_recoveries", NotifyOn::kProblemsAndRecoveries},
     {"problems", NotifyOn::kProblems}}};
constexpr Words<Transport, 3> kTransports{{{"smarthost", Transport::kSmarthost},
                                           {"smtp", Transport::kSmtp},
                                           {"sendmail", Transport::kSendmail}}};
constexpr Words<Encryption, 3> kEncryptions{
    {{"none", Encryption::kNone}, {"starttls", Encryption::kStartTls}, {"tls", Encryption::kTls}}};

void ReadSmtp(Section section, SmtpConfig& smtp, bool required) {
  section.Text("helo_name", smtp.helo_name, HeloName);
  section.Text("host", smtp.host, HostName);
  section.Number("port", smtp.port, {1, 65'535});
  section.Choice("encryption", smtp.encryption, kEncryptions);
  section.Flag("tls_verify", smtp.tls_verify);
  section.Text("username", smtp.username);
  section.Path("password_file", smtp.password_file);

  if (required) section.Require("host", "mail.transport is smtp");
  if (!smtp.username.empty() && !section.Gives("password_file")) {
    section.Blame("username", "needs mail.smtp.password_file too");
  }
  if (!smtp.password_file.empty() && !section.Gives("username")) {
    section.Blame("password_file", "needs mail.smtp.username too");
  }
  section.Finish();
}

}  // namespace

void ReadMail(Section section, MailConfig& mail) {
  section.Text("from", mail.from, MailAddress);
  section.Texts("to", mail.to, MailAddress, {.distinct = true, .bare = true});
  section.Text("subject_prefix", mail.subject_prefix, SubjectPrefix);
  section.Choice("language", mail.language, kLanguages);
  section.Choice("notify_on", mail.notify_on, kOccasions);
  section.Choice("transport", mail.transport, kTransports);
  section.Flag("hold", mail.hold);
  section.Seconds("timeout", mail.timeout, {5, 600});
  section.Texts("sendmail_command", mail.sendmail_command, NonEmptyLine, {});
  ReadSmtp(section.Inner("smtp"), mail.smtp, mail.transport == Transport::kSmtp);

  section.Require("from");
  section.Require("to");
  section.Finish();
}

}  // namespace backup_monitor::config
