#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/message.h"
#include "model/run.h"

namespace backup_monitor {

/// Which runs a reader wants to see.
struct RunFilter {
  std::optional<PlanId> plan;
  std::optional<Outcome> outcome;
  RunId before{};       ///< Only runs with a smaller id; 0: from the newest on.
  int limit = 100;      ///< 1 to 1000.
};

/// One line of the history, without its modules.
struct RunHead {
  RunId id{};
  PlanId plan;
  std::string plan_name;
  Time begin;
  std::optional<Time> end;
  std::optional<Time> closed_at;
  std::optional<Outcome> outcome;
  int modules = 0;    ///< That count.
  int succeeded = 0;
};

/// One recipient of one message.
struct DeliveryStatus {
  std::string recipient;
  DeliveryState state = DeliveryState::kWaiting;
  Time next_attempt;
  std::vector<Attempt> attempts;  ///< Oldest first, at most the newest 50.
};

/// A message and how far it has got.
struct MessageStatus {
  Message message;
  std::vector<DeliveryStatus> deliveries;
};

/// The history for people: HTTP API, command line, metrics after a start. Read-only, any thread.
class RunArchive {
 public:
  virtual ~RunArchive() = default;

  /// Newest first.
  [[nodiscard]] virtual Result<std::vector<RunHead>> List(const RunFilter& filter) = 0;

  /// \return kNotFound.
  [[nodiscard]] virtual Result<Run> Read(RunId run) = 0;

  /// Messages about a run, oldest first. Without the mail's bytes.
  [[nodiscard]] virtual Result<std::vector<MessageStatus>> MessagesOf(RunId run) = 0;

  /// The answer to a request; empty while it is being worked on. Without the mail's bytes.
  [[nodiscard]] virtual Result<std::vector<MessageStatus>> MessagesFor(TriggerId request) = 0;

  /// One message with its bytes. \return kNotFound.
  [[nodiscard]] virtual Result<MessageStatus> ReadMessage(MessageId message) = 0;

  /// `end` of the newest run with outcome SUCCESS, by plan.
  [[nodiscard]] virtual Result<std::map<PlanId, Time>> LastSuccesses() = 0;
};

}  // namespace backup_monitor
