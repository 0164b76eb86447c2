#include <filesystem>
#include <fstream>

#include "adapters/process/sendmail_notifier.h"
#include "catch.h"
#include "integration/smtp/smtp_peer.h"

namespace backup_monitor::process {
namespace {

namespace fs = std::filesystem;

/// A program called ns8-sendmail with the real one's command line (ns8-core 4f41b359), which keeps
/// what it was given.
constexpr auto kProgram = R"(#!/usr/bin/python3
import argparse, json, pathlib, sys
parser = argparse.ArgumentParser()
parser.add_argument("recipients", nargs="*")
parser.add_argument("-s", "--subject", default="")
parser.add_argument("-f", "--from", dest="sender")
options = parser.parse_args()
folder = pathlib.Path(__file__).parent
if (folder / "disabled").exists():
    sys.exit("Error: Smarthost is not enabled.")
folder.joinpath("given").write_text(json.dumps([options.recipients, options.subject, options.sender]))
folder.joinpath("body").write_text(sys.stdin.read())
)";

struct Ns8World {
  Ns8World() {
    std::ofstream{program} << kProgram;
    fs::permissions(program, fs::perms::owner_all);
    message.sender = "monitor@example.org";
    message.subject = "-- Backup failed";
    message.mail = "Subject: x\r\n\r\nnot given to it\r\n";
    message.html = "<p>hello</p>";
  }
  Attempt Deliver() { return notifier.Deliver(message, "a@example.org", {}); }

  testing::TemporaryFolder folder;
  fs::path program = folder.path() / "ns8-sendmail";
  SendmailNotifier notifier{{program}, std::chrono::seconds{20}};
  Message message;
};

TEST_CASE("ns8-sendmail is given one recipient and the HTML as its body", "[process]") {
  Ns8World world;

  CHECK(world.Deliver().result == AttemptResult::kDelivered);

  CHECK(testing::ReadFile(world.folder.path() / "given") ==
        R"([["a@example.org"], "-- Backup failed", "monitor@example.org"])");
  CHECK(testing::ReadFile(world.folder.path() / "body") == "<p>hello</p>");
}

TEST_CASE("a smarthost that ns8-sendmail finds disabled lets the mail wait", "[process]") {
  Ns8World world;
  std::ofstream{world.folder.path() / "disabled"};

  CHECK(world.Deliver().result == AttemptResult::kDisabled);
  CHECK_FALSE(world.notifier.Enabled());

  fs::remove(world.folder.path() / "disabled");
  CHECK(world.Deliver().result == AttemptResult::kDelivered);
  CHECK(world.notifier.Enabled());
}

TEST_CASE("a command that is not there is a temporary fault that names it", "[process]") {
  SendmailNotifier notifier{{"/nonexistent/sendmail"}, std::chrono::seconds{20}};
  Message message;
  message.sender = "monitor@example.org";

  const auto attempt = notifier.Deliver(message, "a@example.org", {});

  CHECK(attempt.result == AttemptResult::kTemporary);
  CHECK(attempt.detail.starts_with("run /nonexistent/sendmail: "));
}

}  // namespace
}  // namespace backup_monitor::process
