#pragma once

#include <functional>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "notify/delivery_metrics.h"
#include "notify/notifier.h"
#include "notify/outbox.h"
#include "notify/retry_policy.h"
#include "notify/unrecorded.h"
#include "notify/waiting_time.h"

namespace backup_monitor::notify {

/// Makes the mail about messages that waited too long (ReportKind::kUndelivered).
using SummaryWriter = std::function<Message(const std::vector<WaitingSubject>&)>;

/// What a courier works with besides the notifier. The references must outlive it.
struct CourierParts {
  Outbox& outbox;
  const Clock& clock;
  Metrics& metrics;
  SummaryWriter write_summary;
  std::function<double()> random;  ///< [0, 1). Empty: the machine's.
  RetryPolicy policy = {};
};

/// Works off what is due in the outbox, one recipient at a time. One thread.
///
/// Promises: what the relay has taken is not sent again in this process, even if that cannot be
/// stored; after an unclean death it may be sent once more, as the same bytes with the same
/// Message-ID. What is about runs goes before what is about alerts, and that before what people ask for
/// (notify/delivery_rank.h); of these, those never tried go first, so that a recipient whose deliveries
/// hang delays others by at most one timeout each time.
///
/// A refusal that names the recipient is believed unless every recipient of the message gets the same:
/// then it is the relay that refuses us, and all of them wait.
class Courier {
 public:
  explicit Courier(CourierParts parts);

  /// Delivers until nothing is due or `stop` is requested.
  ///
  /// \return when to look again, at most one minute from now
  [[nodiscard]] Time Pass(Notifier& notifier, const std::stop_token& stop);

  /// The next pass tries everything that waits, at once, but no more often than once a minute
  /// (RetryPolicy::between_hints), also over restarts. Also for a new start: a clock that once was wrong
  /// may have left times of next attempts behind that are far away.
  void RelayChanged() { wake_all_ = true; }

 private:
  [[nodiscard]] Time DeliverDue(Notifier& notifier, Time started, const std::stop_token& stop);
  [[nodiscard]] std::optional<DueDelivery> NextDelivery(Time now);
  /// False if the pass must end.
  [[nodiscard]] bool DeliverOne(Notifier& notifier, const DueDelivery& delivery, Time now,
                                const std::stop_token& stop);
  void Settle(const DueDelivery& delivery, const Attempt& attempt);
  [[nodiscard]] std::optional<Time> NextAttempt(const DueDelivery& delivery, Time now);
  [[nodiscard]] bool OthersFareOtherwise(const DueDelivery& delivery, const Attempt& attempt);
  void Pause(const Attempt& disabled);
  void WakeIfNeeded(Time now);
  [[nodiscard]] seconds UntilNextWake(Time now);
  void SummarizeOld(Notifier& notifier, Time now);
  [[nodiscard]] Result<std::vector<WaitingSubject>> SubjectsOf(std::vector<DueDelivery>& old);
  [[nodiscard]] Time LookAgain(Time now);
  void Complain(const Error& error);

  CourierParts parts_;
  DeliveryMetrics metrics_;
  Unrecorded unrecorded_;
  WaitingTime waiting_;
  std::optional<Time> paused_until_;  ///< The relay is disabled.
  std::string disabled_because_;      ///< The reason noted for the deliveries in `noted_disabled_`.
  std::set<std::pair<MessageId, std::string>> noted_disabled_;
  std::optional<Time> last_pass_;
  bool wake_all_ = false;
  seconds wake_in_{0};               ///< With `wake_all_`: when it may be done.
  std::optional<seconds> woken_at_;  ///< Clock::Steady().
  std::string last_complaint_;
};

}  // namespace backup_monitor::notify
