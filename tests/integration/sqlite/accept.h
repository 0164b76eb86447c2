#pragma once

#include <future>
#include <utility>
#include <vector>

#include "store/inbox.h"

namespace backup_monitor::testing {

/// Accepts and waits for the answer, for as long as it takes.
inline Result<std::vector<TriggerId>> AcceptNow(store::Inbox& inbox,
                                                std::vector<TriggerBody> bodies, Time at = Time{}) {
  std::promise<Result<std::vector<TriggerId>>> answer;
  auto future = answer.get_future();
  inbox.Accept(std::move(bodies), at, [&](auto result) { answer.set_value(std::move(result)); });
  return future.get();
}

/// An alert of about `bytes` with `number` in it.
inline Alert AlertOf(int number, std::size_t bytes = 0) {
  Alert alert;
  alert.labels = {{"id", std::to_string(number)}, {"filler", std::string(bytes, 'x')}};
  return alert;
}

}  // namespace backup_monitor::testing
