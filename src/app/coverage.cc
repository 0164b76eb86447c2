#include "app/coverage.h"

namespace backup_monitor::app {

void ReadCoverage(ClusterView& view, const Exemptions& exemptions, const RunMemory& memory) {
  for (auto& [id, module] : view.modules) {
    const auto exempt = exemptions.find(module.uuid);
    if (exempt != exemptions.end() && view.looked_at < exempt->second.until)
      module.exempt = exempt->second;
    const auto watch = memory.module_watches.find(id);
    if (watch == memory.module_watches.end()) continue;
    const std::string& uuid = watch->second.uuid;
    if (uuid.empty() || module.uuid.empty() || uuid == module.uuid)
      module.unprotected_since = watch->second.unprotected_since;
  }
}

}  // namespace backup_monitor::app
