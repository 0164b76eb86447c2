#pragma once

#include <cstddef>
#include <map>

#include "app/api/json_writer.h"
#include "app/api/telling.h"
#include "model/ids.h"

namespace backup_monitor {

/// What a telling adds to the JSON of a run and of its modules. `telling` must outlive this.
class TellingOf {
 public:
  explicit TellingOf(const Telling& telling);

  /// Members of the module's object; a module that does not count has them empty.
  void WriteModule(JsonWriter& json, const ModuleId& module) const;
  /// Members of the run's object.
  void WriteRun(JsonWriter& json) const;

 private:
  const Telling& telling_;
  std::map<ModuleId, std::size_t> places_;  ///< In the telling's lists.
};

}  // namespace backup_monitor
