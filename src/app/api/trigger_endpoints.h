#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/http_message.h"
#include "app/api/request_gate.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "store/inbox.h"

namespace backup_monitor::app::api {

/// What starts a look. Each stores its trigger, hints aside, and answers 202 when that is on disk,
/// from the inbox's thread; 400 for what will never parse; 503 where it cannot be stored now. Counts
/// every answer in `backup_monitor_triggers_total`.
class TriggerEndpoints {
 public:
  /// Runs a job on a thread that may read the store; false if that cannot be now.
  using Submit = std::function<bool(std::function<void()>)>;

  TriggerEndpoints(store::Inbox& inbox, store::RunArchive& archive, Metrics& metrics,
                   const Clock& clock, std::function<void()> wake_worker,
                   std::function<void()> relay_changed, Submit submit);

  /// POST /alert → `{"accepted":1,"resolved":0,"foreign":2}`. Where nothing is ours nothing is stored.
  void Alert(std::string_view body, const std::vector<std::string>& alert_names,
             http::Respond respond);
  /// POST /event and /event/backup-status-changed → `{"accepted":1}`
  void Event(std::string_view body, http::Respond respond);
  /// Hints: POST /event/<name> for the other events of NS8 that concern us → `{"accepted":1}`, at
  /// once. Nothing is stored and the body is not looked at: who dies before the hint is followed looks
  /// and tries everything when it starts again, whatever the hint was.
  void LookNow(const http::Respond& respond);
  void RelayChanged(const http::Respond& respond);
  /// POST /api/test-mail → `{"request":7}`, to be asked for under /api/requests/7. Like /api/report one at a
  /// time: 429 with Retry-After while the one before is in progress (RunArchive::IsInProgress).
  void TestMail(const http::Respond& respond);
  /// POST /api/report, body empty or `{"plan":"1"}` → `{"request":7}`
  void Report(std::string_view body, const http::Respond& respond);

  /// \param kind alert, event or request. \param answer accepted, resolved, foreign, malformed,
  ///        unauthorized, forbidden, misdirected, too_large, unsupported, busy or unavailable.
  void Count(std::string_view kind, std::string_view answer, int amount = 1);

 private:
  using Accepted = std::function<std::string(const std::vector<TriggerId>&)>;
  void Store(std::string kind, std::vector<TriggerBody> bodies, Accepted to_json,
             http::Respond respond, std::function<void()> stored = {});
  void Request(store::RequestKind kind, TriggerBody body, const http::Respond& respond);
  void Enter(store::RequestKind kind, TriggerBody body, http::Respond respond);
  void Hint(const http::Respond& respond, const std::function<void()>& follow);
  void Refuse(std::string_view kind, const Error& error, const http::Respond& respond);

  store::Inbox& inbox_;
  RequestGate gate_;
  Metrics& metrics_;
  const Clock& clock_;
  const std::function<void()> wake_worker_;
  const std::function<void()> relay_changed_;
  const Submit submit_;
};

}  // namespace backup_monitor::app::api
