#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "model/cluster_view.h"

namespace backup_monitor::cluster {

/// Reads the whole cluster: one look. Either all of it or an error: a look that failed in part
/// concludes nothing. A single record that is nonsense is left out and named in `complaints`.
class ClusterReader {
 public:
  virtual ~ClusterReader() = default;

  /// Blocks for at most 15 s. `now` becomes `looked_at`; a record from after it never hides another.
  ///
  /// \return kUnavailable, kTimeout, kDenied from Redis; kInvalidInput if a key holds another type.
  [[nodiscard]] virtual Result<ClusterView> Look(Time now) = 0;
};

}  // namespace backup_monitor::cluster
