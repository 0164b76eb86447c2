#include "report/mail/mail.h"

#include "catch.h"
#include "text/mail_address.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report::mail {
namespace {

using Catch::Contains;

MailHeaders Headers() {
  return {.from = "backup@example.org",
          .date = testing::kNight,
          .message_id = "<1@example.org>",
          .in_reply_to = {},
          .thread_root = {}};
}

const RenderedReport kWords{"❌ Backup failed", "text\n", "<p>html</p>\n"};

TEST_CASE("a mail has text before HTML and says that a machine wrote it", "[report]") {
  const std::string mail = ComposeMail(Headers(), kWords).value();
  CHECK_THAT(mail, !Contains("\nTo:"));
  CHECK_THAT(mail, Contains("Date: Sun, 22 Nov 2026 01:14:00 +0000\r\n") &&
                       Contains("Message-ID: <1@example.org>\r\n"));
  CHECK_THAT(mail,
             Contains("Auto-Submitted: auto-generated\r\n") && Contains("MIME-Version: 1.0\r\n"));
  CHECK(mail.find("text/plain") < mail.find("text/html"));
  CHECK_THAT(mail, !Contains("References"));
  CHECK(ComposeMail(Headers(), kWords).value() == mail);
}

TEST_CASE("a mail is ASCII with CRLF and short lines", "[report]") {
  RenderedReport words = kWords;
  words.text = std::string(5'000, 'x') + "\n" + "è\n\r\n";
  const std::string mail = ComposeMail(Headers(), words).value();
  std::size_t column = 0;
  for (std::size_t i = 0; i < mail.size(); ++i) {
    REQUIRE(static_cast<unsigned char>(mail[i]) < 0x80);
    REQUIRE((mail[i] == '\n') == (i > 0 && mail[i - 1] == '\r'));
    column = mail[i] == '\n' ? 0 : column + 1;
    REQUIRE(column <= 79);
  }
}

TEST_CASE("a thread is told by its root and its parent", "[report]") {
  MailHeaders headers = Headers();
  headers.thread_root = "<1@example.org>";
  CHECK_THAT(ComposeMail(headers, kWords).value(), !Contains("References"));
  headers.thread_root = "<0@example.org>";
  CHECK_THAT(ComposeMail(headers, kWords).value(),
             Contains("In-Reply-To: <0@example.org>\r\nReferences: <0@example.org>\r\n"));
  headers.in_reply_to = "<00@example.org>";
  CHECK_THAT(
      ComposeMail(headers, kWords).value(),
      Contains(
          "In-Reply-To: <00@example.org>\r\nReferences: <0@example.org>\r\n <00@example.org>\r\n"));
}

TEST_CASE("addresses that are more than an address are refused", "[report][hostile]") {
  const std::string bad =
      GENERATE(as<std::string>{}, "", "a", "@b", "a@", "a b@c", "a@b\r\nBcc: c@d", "a@b, c@d",
               "<a@b>", "\"a\"@b", "a@b>", "è@b", "a@è", ".a@b", "a..b@c", "a@b;c", "a@[1.2.3.4",
               std::string(300, 'a') + "@b");
  CAPTURE(bad);
  CHECK_FALSE(IsMailAddress(bad, MailDomain::kNameOrLiteral));
  MailHeaders headers = Headers();
  headers.from = bad;
  CHECK_FALSE(ComposeMail(headers, kWords));
}

TEST_CASE("ordinary addresses are taken", "[report]") {
  const std::string good = GENERATE(as<std::string>{}, "a@b", "first.last+tag@sub.example.org",
                                    "root@[127.0.0.1]", "o'neil@example.org", "a_b-c@x-y.example");
  CHECK(IsMailAddress(good, MailDomain::kNameOrLiteral));
}

TEST_CASE("identifiers that could end a header are refused", "[report][hostile]") {
  const std::string bad =
      GENERATE(as<std::string>{}, "1@b", "<1>", "<1@b\r\nBcc: c@d>", "<1@b> <2@b>", "<1 @b>");
  MailHeaders headers = Headers();
  headers.message_id = bad;
  CHECK_FALSE(ComposeMail(headers, kWords));
  headers = Headers();
  headers.thread_root = bad;
  CHECK_FALSE(ComposeMail(headers, kWords));
}

TEST_CASE("a subject cannot begin another header", "[report][hostile]") {
  RenderedReport words = kWords;
  words.subject = "x\r\nBcc: victim@example.org";
  CHECK_THAT(ComposeMail(Headers(), words).value(), !Contains("Bcc"));
}

}  // namespace
}  // namespace backup_monitor::report::mail
