#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/message.h"
#include "model/plan_history.h"
#include "model/run.h"

namespace backup_monitor::store {

/// Which runs a reader wants to see.
struct RunFilter {
  std::optional<PlanId> plan;
  std::optional<Outcome> outcome;
  RunId before{};   ///< Only runs with a smaller id; 0: from the newest on.
  int limit = 100;  ///< 1 to 1000.
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
  int modules = 0;  ///< That count.
  int succeeded = 0;
  int without_snapshot = 0;  ///< Of `succeeded`: there is no snapshot of it.
  bool being_checked =
      false;  ///< It has ended, and its report waits for the checks of its repositories.
  int errors_so_far = 0;  ///< While it is not judged: modules with errors that NS8 has reported.
  bool only_alerted = false;  ///< It is open for an alert alone: there is no result yet.

  /// What its report calls it; none until it is judged.
  [[nodiscard]] std::optional<Phrase> phrase() const noexcept {
    if (!outcome) return std::nullopt;
    return PhraseOf(*outcome, without_snapshot > 0, succeeded == modules);
  }
};

/// One module in one run, for a picture of many runs.
struct ModuleResult {
  RunId run{};
  ModuleId module;
  std::optional<NodeId> node;
  std::optional<Verdict> verdict;  ///< While the run is not judged, as its record says; else none.
  bool without_snapshot = false;   ///< It succeeded, and its repository held no snapshot of it.
  std::optional<seconds> took;     ///< Of its record.
  std::optional<std::uint64_t> size_bytes;  ///< Of a record without errors.
};

/// How mail has gone lately, over all messages.
struct DeliveryHealth {
  std::optional<Time> last_delivered;
  std::optional<Attempt> last_failure;  ///< The newest attempt that failed, for good or for now.
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

/// What is made on request, one of each at a time.
enum class RequestKind { kTestMail, kReport };

/// The history for people: HTTP API, command line, metrics after a start. Read-only, any thread.
class RunArchive {
 public:
  virtual ~RunArchive() = default;

  /// Newest first.
  [[nodiscard]] virtual Result<std::vector<RunHead>> List(const RunFilter& filter) = 0;

  /// \return kNotFound.
  [[nodiscard]] virtual Result<Run> Read(RunId run) = 0;

  /// The past as seen from `run`; see RunStore::Transaction.
  [[nodiscard]] virtual Result<PlanHistory> HistoryOf(const Run& run, Time as_of) = 0;

  /// Every module that counts in each of these runs, run by run as given.
  [[nodiscard]] virtual Result<std::vector<ModuleResult>> ResultsOf(
      const std::vector<RunHead>& runs) = 0;

  /// Messages about a run, oldest first. Without the mail's bytes.
  [[nodiscard]] virtual Result<std::vector<MessageStatus>> MessagesOf(RunId run) = 0;

  /// The answer to a request; empty while it is being worked on. Without the mail's bytes.
  [[nodiscard]] virtual Result<std::vector<MessageStatus>> MessagesFor(TriggerId request) = 0;

  /// True while a request of this kind is stored and not answered, and while the newest mail that answers one
  /// has not been tried once for each recipient, for at most `kLongestFirstAttempt` after it was written.
  [[nodiscard]] virtual Result<bool> IsInProgress(RequestKind kind, Time now) = 0;
  static constexpr seconds kLongestFirstAttempt{60};

  /// One message with its bytes. \return kNotFound.
  [[nodiscard]] virtual Result<MessageStatus> ReadMessage(MessageId message) = 0;

  [[nodiscard]] virtual Result<DeliveryHealth> HealthOfDelivery() = 0;

  /// `end` of the newest run with outcome SUCCESS, by plan.
  [[nodiscard]] virtual Result<std::map<PlanId, Time>> LastSuccesses() = 0;
};

}  // namespace backup_monitor::store
