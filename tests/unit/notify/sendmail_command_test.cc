#include "adapters/process/sendmail_command.h"

#include "catch.h"

namespace backup_monitor::process {
namespace {

using Words = std::vector<std::string>;

Message Sample() {
  Message message;
  message.sender = "monitor@example.org";
  message.subject = "-x caff\xc3\xa8\r\nBcc: y";
  message.mail =
      "Subject: x\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n"
      "Content-Type: text/html\r\n\r\n<p>hello</p>\r\n--b--\r\n";
  message.html = "<p>hello</p>";
  return message;
}

ChildResult Ended(int status, std::string errors) {
  return {ChildEnd::kExited, status, {}, std::move(errors), false};
}

TEST_CASE("a sendmail gets the whole mail with LF line ends", "[notify]") {
  const auto call = MakeSendmailCall({"/usr/sbin/sendmail", "-oQ"}, Sample(), "a@example.org");

  CHECK(call.arguments == Words{"/usr/sbin/sendmail", "-oQ", "-i", "-f", "monitor@example.org",
                                "--", "a@example.org"});
  CHECK(call.input.find('\r') == std::string::npos);
  CHECK(call.input.starts_with("To: a@example.org\nSubject: x\nContent-Type"));
}

TEST_CASE("ns8-sendmail gets subject, sender and the HTML part alone", "[notify]") {
  const auto command = GENERATE(Words{"ns8-sendmail"}, Words{"runagent", "ns8-sendmail"},
                                Words{"/usr/local/agent/bin/ns8-sendmail"});
  REQUIRE(IsNs8Sendmail(command));

  const auto call = MakeSendmailCall(command, Sample(), "a@example.org");

  auto expected = command;
  expected.insert(expected.end(), {"--subject=-x caff\xc3\xa8  Bcc: y",
                                   "--from=monitor@example.org", "--", "a@example.org"});
  CHECK(call.arguments == expected);
  CHECK(call.input == "<p>hello</p>");
}

TEST_CASE("a message stored without its HTML becomes a page that says where the report is",
          "[notify]") {
  Message message = Sample();
  message.html.clear();
  message.subject = "Backup failed: <b>\"caff\xc3\xa8\"</b>";

  const auto page = MakeSendmailCall({"ns8-sendmail"}, message, "a@example.org").input;

  CHECK(page ==
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>Backup failed: "
        "&lt;b&gt;&quot;caff\xc3\xa8&quot;&lt;/b&gt;</title></head>\n<body><p><b>Backup failed: "
        "&lt;b&gt;&quot;caff\xc3\xa8&quot;&lt;/b&gt;</b></p>\n"
        "<p>The whole report is on the page of the backup monitor.</p></body></html>\n");
  CHECK(MakeSendmailCall({"sendmail"}, message, "a@example.org").input ==
        MakeSendmailCall({"sendmail"}, Sample(), "a@example.org").input);
}

TEST_CASE("a sendmail's status says whether trying again can help", "[notify]") {
  struct Case {
    int status;
    AttemptResult result;
  };
  const auto expected =
      GENERATE(Case{0, AttemptResult::kDelivered}, Case{65, AttemptResult::kTemporary},
               Case{67, AttemptResult::kPermanent}, Case{68, AttemptResult::kTemporary},
               Case{1, AttemptResult::kTemporary}, Case{64, AttemptResult::kTemporary},
               Case{69, AttemptResult::kTemporary}, Case{75, AttemptResult::kTemporary},
               Case{78, AttemptResult::kTemporary}, Case{127, AttemptResult::kTemporary});
  CAPTURE(expected.status);

  CHECK(JudgeSendmail(Ended(expected.status, "words"), false).result == expected.result);
}

TEST_CASE("ns8-sendmail says only in words what happened", "[notify]") {
  struct Case {
    const char* words;
    AttemptResult result;
  };
  const auto expected = GENERATE(
      Case{"Error: Smarthost is not enabled.\n", AttemptResult::kDisabled},
      Case{"Error: {'b@example.org': (550, b'5.1.1 no such user')}", AttemptResult::kPermanent},
      Case{"Error: {'b@example.org': (550, b'no such user')}", AttemptResult::kPermanent},
      Case{"Error: {'b@example.org': (550, b\"user's gone\")}", AttemptResult::kPermanent},
      Case{"Error: {'b@example.org': (554, b'5.7.1 Relay access denied')}",
           AttemptResult::kRefused},
      Case{"Error: (550, b'5.7.1 Authentication is required', 'a@b')", AttemptResult::kRefused},
      Case{"Error: (550, b'5.1.1 no such sender', 'a@b')", AttemptResult::kRefused},
      Case{"Error: (550, b'5.1.1 no such user')", AttemptResult::kPermanent},
      Case{"Error: (552, b'too big')", AttemptResult::kRefused},
      Case{"Error: {'b@example.org': (450, b'later')}", AttemptResult::kTemporary},
      Case{"Error: (535, b'credentials invalid')", AttemptResult::kRefused},
      Case{"Error: [Errno 111] Connection refused", AttemptResult::kTemporary},
      Case{"550, b'", AttemptResult::kTemporary});
  CAPTURE(expected.words);

  CHECK(JudgeSendmail(Ended(1, expected.words), true).result == expected.result);
}

TEST_CASE("a smarthost that ns8-sendmail finds disabled is told as any other", "[notify]") {
  CHECK(JudgeSendmail(Ended(1, "Error: Smarthost is not enabled.\n"), true).detail ==
        "the mail relay is disabled");
}

TEST_CASE("the detail is one line and names the status", "[notify]") {
  CHECK(JudgeSendmail(Ended(75, "queue\r\nfull\n"), false).detail ==
        "the command ended with status 75: queue full");
  CHECK(JudgeSendmail({ChildEnd::kTimedOut, 0, {}, {}, false}, false).detail ==
        "the command did not end in time and was ended");
}

}  // namespace
}  // namespace backup_monitor::process
