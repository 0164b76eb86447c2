#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "fakes/fake_clock.h"
#include "fakes/fake_notifier.h"
#include "fakes/fake_outbox.h"
#include "notify/courier.h"

namespace backup_monitor::testing {

/// A courier among fakes, without jitter.
struct CourierWorld {
  FakeClock clock;
  FakeOutbox outbox;
  FakeNotifier notifier;
  Metrics metrics;
  std::stop_source stop;
  std::vector<WaitingSubject> summarized;
  std::unique_ptr<notify::Courier> running = std::make_unique<notify::Courier>(Parts());

  notify::CourierParts Parts() {
    return {.outbox = outbox,
            .clock = clock,
            .metrics = metrics,
            .write_summary =
                [this](const std::vector<WaitingSubject>& subjects) {
                  summarized = subjects;
                  return Mail({"admin@example.org"}, ReportKind::kUndelivered);
                },
            .random = [] { return 0.5; }};
  }

  Message Mail(std::vector<std::string> recipients, ReportKind kind = ReportKind::kFinal) {
    Message message;
    message.kind = kind;
    message.created_at = clock.Now();
    message.message_id = "<" + std::to_string(++mails_) + "@example.org>";
    message.sender = "monitor@example.org";
    message.recipients = std::move(recipients);
    message.subject = "report " + std::to_string(mails_);
    message.mail = "Message-ID: " + message.message_id + "\r\n\r\nbody\r\n";
    return message;
  }

  /// As after a restart of the daemon: only the outbox is what it was.
  void Restart() {
    running = std::make_unique<notify::Courier>(Parts());
    running->RelayChanged();
  }

  Time Pass() { return running->Pass(notifier, stop.get_token()); }

  /// Passes as the dispatcher would, until `until`.
  void RunUntil(Time until) {
    for (Time next = Pass(); next <= until; next = Pass()) clock.Set(next);
    clock.Set(until);
    Pass();
  }

  [[nodiscard]] DeliveryState StateOf(MessageId message, const std::string& recipient) const {
    return outbox.At(message, recipient).state;
  }
  [[nodiscard]] bool Exposes(const std::string& line) const {
    return metrics.Expose().find("\n" + line + "\n") != std::string::npos;
  }

 private:
  int mails_ = 0;
};

}  // namespace backup_monitor::testing
