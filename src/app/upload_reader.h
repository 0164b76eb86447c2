#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <optional>
#include <stop_token>
#include <thread>

#include "app/witness_board.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "base/mutex.h"
#include "base/result.h"
#include "journal/journal.h"
#include "model/cluster_backup.h"

namespace backup_monitor::app {

/// Reads in the leader's log how the uploads of the cluster's own backup went, on a thread of its own.
class UploadReader {
 public:
  struct Parts {
    const Clock& clock;
    journal::Journal& journal;
    std::function<Result<NodeId>()> find_leader;
    Metrics& metrics;
    WitnessBoard& witnesses;
    std::chrono::milliseconds timeout{20'000};  ///< Of one reading.
  };

  static void DeclareMetrics(Metrics& metrics);

  explicit UploadReader(Parts parts) : parts_{std::move(parts)} {}
  ~UploadReader() { Stop(); }

  /// `wake` is called on the reader's thread whenever there is something to collect.
  void Start(std::function<void()> wake);
  /// Within 2 s.
  void Stop();

  /// Read now. While a reading goes on the request waits for its end; many make one.
  void Request(Time from);
  /// What was read since the last call: the last reading, with what earlier ones said.
  [[nodiscard]] std::optional<UploadReading> Collect();

 private:
  void Loop(const std::stop_token& stop);
  [[nodiscard]] UploadReading Read(Time from, const std::stop_token& stop);

  const Parts parts_;
  std::function<void()> wake_;
  Mutex mutex_;
  std::condition_variable_any asked_;
  std::optional<Time> wanted_ GUARDED_BY(mutex_);  ///< From when on.
  std::optional<UploadReading> read_ GUARDED_BY(mutex_);
  std::jthread thread_;  ///< Last: it ends first.
};

}  // namespace backup_monitor::app
