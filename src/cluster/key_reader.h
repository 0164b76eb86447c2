#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

#include "base/result.h"
#include "cluster/read_batch.h"
#include "cluster/reply.h"

namespace backup_monitor::cluster {

/// Takes the reply to command `index` of a batch. The reply is valid only during the call.
using ReplyHandler = std::function<void(std::size_t index, const Reply& reply)>;

/// One conversation with one key store: what is read through it never mixes two servers, nor one
/// from before and after a restart. One thread.
///
/// Both implementations, adapters/redis and tests/fakes/fake_redis.h, pass
/// tests/contract/cluster/key_reader_contract_test.cc.
class KeyReader {
 public:
  virtual ~KeyReader() = default;

  /// Sends all commands at once and hands over the replies in order. Blocks until the deadline given
  /// to KeySource::Open at most. After an error some replies may have been handed over and the
  /// conversation is over: every further call fails.
  ///
  /// \return kUnavailable (gone, loading, a replica without its master), kTimeout, kDenied,
  ///         kInvalidInput (an answer that makes no sense or is too large).
  [[nodiscard]] virtual Result<void> Read(const ReadBatch& batch, const ReplyHandler& handler) = 0;
};

/// Opens conversations.
class KeySource {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  /// The longest that a conversation of a few keys may take.
  static constexpr std::chrono::seconds kShort{15};

  virtual ~KeySource() = default;

  /// Connects and logs in. No Read of the conversation goes on after `deadline`.
  ///
  /// \return kUnavailable, kTimeout, kDenied; kInvalidInput for settings that cannot be used.
  [[nodiscard]] virtual Result<std::unique_ptr<KeyReader>> Open(Deadline deadline) = 0;
};

}  // namespace backup_monitor::cluster
