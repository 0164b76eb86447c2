#include "model/cluster_backup.h"

#include <algorithm>

namespace backup_monitor {

void ClusterBackup::Take(const ClusterUpload& upload) {
  if (upload.uploaded) {
    uploaded = std::max(uploaded.value_or(upload.at), upload.at);
  } else if (!failed || failed->at <= upload.at) {
    failed = upload;
  }
  if (failed && uploaded && failed->at <= *uploaded) failed.reset();
}

}  // namespace backup_monitor
