#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

#include "model/message.h"
#include "model/run.h"
#include "model/run_memory.h"
#include "run_states.h"
#include "store/run_store.h"

namespace backup_monitor::testing {

inline Time At(std::int64_t unix_seconds) { return Time{seconds{unix_seconds}}; }

inline NodeId Node(int number) { return NodeId::Parse(std::to_string(number)).value(); }

inline SeenRecord RecordOf(const std::string& plan, const std::string& module, std::int64_t start,
                           std::int64_t end, std::uint32_t errors = 0) {
  SeenRecord seen;
  seen.record.plan = PlanId{plan};
  seen.record.module = ModuleId{module};
  seen.record.start = At(start);
  seen.record.end = At(end);
  seen.record.error_count = errors;
  seen.started = At(start);
  seen.ended = At(end);
  seen.seen_at = At(end + 5);
  seen.stored_by = At(end + 5);
  return seen;
}

/// A closed run that began at `begin`.
inline Run ClosedRun(std::int64_t id, const std::string& plan, std::int64_t begin,
                     Outcome outcome) {
  Run run;
  run.id = RunId{id};
  run.plan = PlanId{plan};
  run.plan_name = "nightly";
  run.begin = At(begin);
  run.opened_at = At(begin + 60);
  SetClosed(run, At(begin + 600));
  run.outcome = outcome;
  return run;
}

/// Adds a module that was judged.
inline void AddModule(Run& run, const std::string& module, Verdict verdict) {
  RunModule& added = run.modules[ModuleId{module}];
  added.expected = true;
  added.verdict = verdict;
}

inline Message MessageTo(std::vector<std::string> recipients, std::int64_t created = 1000) {
  Message message;
  message.created_at = At(created);
  message.message_id = "<" + std::to_string(created) + "@example.org>";
  message.thread_root = message.message_id;
  message.sender = "backup@example.org";
  message.recipients = std::move(recipients);
  message.subject = "❌ Backup failed: nightly";
  message.mail = "Subject: x\r\n\r\nbody\r\n";
  message.html = "<p>body</p>";
  return message;
}

/// Saves in one transaction. False if any part of it failed.
inline bool Save(store::RunStore& store, const RunChanges& changes) {
  auto transaction = store.Begin();
  return transaction && (*transaction)->Save(changes) && (*transaction)->Commit();
}

inline bool Save(store::RunStore& store, const Run& run) {
  RunChanges changes;
  changes.runs.emplace(run.id, run);
  return Save(store, changes);
}

/// Posts in a transaction of its own.
inline MessageId Post(store::RunStore& store, const Message& message) {
  auto transaction = store.Begin().value();
  const MessageId id = transaction->Post(message).value();
  if (!transaction->Commit()) throw std::runtime_error{"the message was not stored"};
  return id;
}

}  // namespace backup_monitor::testing
