#include <algorithm>

#include "contract/notify/relay_under_test.h"
#include "fakes/fake_notifier.h"
#include "notify/addressed_mail.h"

namespace backup_monitor::testing {
namespace {

class FakeRelay final : public RelayUnderTest {
 public:
  notify::Notifier& notifier() override { return notifier_; }
  void Refuse(const std::string& recipient, bool for_good) override {
    if (for_good) notifier_.Answer(recipient, AttemptResult::kPermanent, "550 no such user");
    else notifier_.Answer(recipient, AttemptResult::kTemporary, "451 try later");
    refused_.push_back(recipient);
  }
  void AcceptAll() override {
    for (const auto& recipient : refused_)
      notifier_.Answer(recipient, AttemptResult::kDelivered, "");
  }
  void Hang() override { notifier_.SetHanging(true); }
  bool WaitUntilBusy() override { return notifier_.WaitForAttempts(1); }
  std::vector<std::string> Mails() override {
    std::vector<std::string> mails;
    for (const auto& taken : notifier_.AcceptedMails()) {
      mails.push_back(notify::AddressedTo(taken.message.mail, taken.recipient));
      std::erase(mails.back(), '\r');
    }
    return mails;
  }

 private:
  FakeNotifier notifier_;
  std::vector<std::string> refused_;
};

}  // namespace

std::unique_ptr<RelayUnderTest> MakeFakeRelay() { return std::make_unique<FakeRelay>(); }

}  // namespace backup_monitor::testing
