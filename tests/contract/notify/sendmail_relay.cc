#include <poll.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "adapters/process/sendmail_notifier.h"
#include "contract/notify/relay_under_test.h"
#include "integration/smtp/smtp_peer.h"

namespace backup_monitor::testing {
namespace {

namespace fs = std::filesystem;

/// Takes the mail, or refuses it with the status in a file named like the recipient, or hangs.
constexpr auto kProgram = R"sh(#!/bin/sh
folder=$(dirname "$0")
for recipient; do :; done
if [ -e "$folder/hang" ]; then touch "$folder/busy"; exec sleep 100; fi
if [ -e "$folder/$recipient" ]; then echo "refused" >&2; exit "$(cat "$folder/$recipient")"; fi
cat >"$folder/part" && mv "$folder/part" "$folder/$(ls "$folder" | grep -c 'mail$').mail"
)sh";

class SendmailRelay final : public RelayUnderTest {
 public:
  SendmailRelay() {
    std::ofstream{folder_.path() / "sendmail"} << kProgram;
    fs::permissions(folder_.path() / "sendmail", fs::perms::owner_all);
  }
  notify::Notifier& notifier() override { return notifier_; }
  void Refuse(const std::string& recipient, bool for_good) override {
    std::ofstream{folder_.path() / recipient} << (for_good ? 67 : 75);
    refused_.push_back(recipient);
  }
  void AcceptAll() override {
    for (const auto& recipient : refused_) fs::remove(folder_.path() / recipient);
  }
  void Hang() override { std::ofstream{folder_.path() / "hang"}; }
  bool WaitUntilBusy() override {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{5};
    while (!fs::exists(folder_.path() / "busy")) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      ::poll(nullptr, 0, 5);
    }
    return true;
  }
  std::vector<std::string> Mails() override {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator{folder_.path()}) {
      if (entry.path().extension() == ".mail") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    std::vector<std::string> mails;
    std::ranges::transform(files, std::back_inserter(mails), ReadFile);
    return mails;
  }

 private:
  TemporaryFolder folder_;
  process::SendmailNotifier notifier_{{folder_.path() / "sendmail"}, std::chrono::seconds{20}};
  std::vector<std::string> refused_;
};

}  // namespace

std::unique_ptr<RelayUnderTest> MakeSendmailRelay() { return std::make_unique<SendmailRelay>(); }

}  // namespace backup_monitor::testing
