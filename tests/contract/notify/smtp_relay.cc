#include "adapters/smtp/smtp_notifier.h"
#include "contract/notify/relay_under_test.h"
#include "integration/smtp/smtp_peer.h"

namespace backup_monitor::testing {
namespace {

class SmtpRelay final : public RelayUnderTest, private notify::SmarthostSource {
 public:
  notify::Notifier& notifier() override { return notifier_; }
  void Refuse(const std::string& recipient, bool for_good) override {
    const std::string answer = for_good ? "550 5.1.1 no such user" : "451 4.7.1 try later";
    peer_.SetRules(R"({"rcpt": {")" + recipient + R"(": ")" + answer + "\"}}");
  }
  void AcceptAll() override { peer_.SetRules("{}"); }
  void Hang() override { peer_.SetRules(R"({"rcpt": "hang"})"); }
  bool WaitUntilBusy() override { return peer_.WaitForLog("RCPT TO"); }
  std::vector<std::string> Mails() override {
    auto mails = peer_.Mails();
    for (auto& mail : mails) std::erase(mail, '\r');
    return mails;
  }

 private:
  Result<Smarthost> Read() override { return peer_.relay(); }

  SmtpPeer peer_;
  smtp::SmtpNotifier notifier_{*this, {}};
};

}  // namespace

std::unique_ptr<RelayUnderTest> MakeSmtpRelay() { return std::make_unique<SmtpRelay>(); }

}  // namespace backup_monitor::testing
