#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "model/ids.h"

namespace backup_monitor {

/// A try to upload the cluster's own backup, without which the cluster cannot be rebuilt: the leader begins each backup of
/// a plan with it, and sends it to the destination of that plan (ns8-core 4f41b359 node/bin/run-backup,
/// upload_cluster_backup). Times are those of the leader's clock.
struct ClusterUpload {
  static constexpr std::size_t kMostWords = 300;  ///< Bytes of `words`.

  Time at;
  bool uploaded = false;
  std::string words{};  ///< Why it failed, quotable; else empty. Foreign text.

  friend bool operator==(const ClusterUpload&, const ClusterUpload&) = default;
};

/// One that the leader's log tells of.
struct PlanUpload {
  PlanId plan;
  ClusterUpload upload;

  friend bool operator==(const PlanUpload&, const PlanUpload&) = default;
};

/// What the leader's log said of the uploads.
struct UploadReading {
  Time read_at;  ///< When the reading began, by our clock.
  /// Why it could not be read, or not to its end; then an upload that is missing says nothing.
  std::optional<ErrorCode> trouble{};
  std::vector<PlanUpload> uploads{};

  /// Takes along what an earlier reading said.
  void AddEarlier(const UploadReading& earlier) {
    uploads.insert(uploads.begin(), earlier.uploads.begin(), earlier.uploads.end());
  }
};

/// What is known of the cluster's own backup at one destination.
struct ClusterBackup {
  std::optional<Time> uploaded{};  ///< The newest one.
  /// The newest try that failed, where it was after that.
  std::optional<ClusterUpload> failed{};

  void Take(const ClusterUpload& upload);

  friend bool operator==(const ClusterBackup&, const ClusterBackup&) = default;
};

/// Likewise, as it was when a run had closed.
struct ClusterBackupAtClosing {
  ClusterBackup backup;
  std::optional<Time>
      read_at{};  ///< UploadReading::read_at of the last reading; none: there is none.
  std::optional<ErrorCode> trouble{};  ///< Of that.
  std::optional<seconds> target{};     ///< How old it may be; none: not known.

  /// All of it is known.
  [[nodiscard]] bool is_certain() const noexcept { return read_at && !trouble; }
  /// The newest upload was too old by then.
  [[nodiscard]] bool is_over() const noexcept {
    return is_certain() && backup.uploaded && target && *read_at - *backup.uploaded > *target;
  }
  /// So it was, or the newest try had failed.
  [[nodiscard]] bool is_lacking() const noexcept {
    return is_over() || (is_certain() && backup.failed);
  }

  friend bool operator==(const ClusterBackupAtClosing&, const ClusterBackupAtClosing&) = default;
};

/// What is remembered of all uploads.
struct ClusterUploads {
  std::map<std::string, ClusterBackup> by_destination{};  ///< By the destination's id.
  std::optional<Time> read_at{};       ///< UploadReading::read_at of the last reading.
  std::optional<ErrorCode> trouble{};  ///< Of that.
  std::optional<Time> known_to{};      ///< Read up to then without trouble.

  /// Of more destinations the one whose newest try is the oldest is forgotten.
  static constexpr std::size_t kMostDestinations = 1000;

  friend bool operator==(const ClusterUploads&, const ClusterUploads&) = default;
};

}  // namespace backup_monitor
