#pragma once

#include <memory>
#include <string>
#include <vector>

#include "notify/notifier.h"

namespace backup_monitor::testing {

/// One kind of notifier together with what stands at its other end.
class RelayUnderTest {
 public:
  virtual ~RelayUnderTest() = default;

  virtual notify::Notifier& notifier() = 0;
  /// From now on refuses this recipient for good, or for the moment.
  virtual void Refuse(const std::string& recipient, bool for_good) = 0;
  virtual void AcceptAll() = 0;
  /// From now on does not answer at all.
  virtual void Hang() = 0;
  /// Waits until a hanging delivery is under way.
  virtual bool WaitUntilBusy() = 0;
  /// What has arrived, line ends as LF, in order.
  virtual std::vector<std::string> Mails() = 0;
};

std::unique_ptr<RelayUnderTest> MakeFakeRelay();
std::unique_ptr<RelayUnderTest> MakeSmtpRelay();
std::unique_ptr<RelayUnderTest> MakeSendmailRelay();

}  // namespace backup_monitor::testing
