#pragma once

#include <cstddef>
#include <map>
#include <optional>

#include "announcement/stored_report.h"
#include "base/json/json_writer.h"
#include "model/ids.h"

namespace backup_monitor {

/// What a report adds to the JSON of a run and of its modules. `stored` must outlive this.
class StoredReportJson {
 public:
  explicit StoredReportJson(const StoredReport& stored);

  /// Of a module as far as its records say; none where it has no result or does not count.
  [[nodiscard]] std::optional<Verdict> VerdictOf(const ModuleId& module) const;
  [[nodiscard]] bool IsWithoutSnapshot(const ModuleId& module) const;
  /// What a mail calls the run.
  [[nodiscard]] Phrase phrase() const;
  [[nodiscard]] bool is_only_alerted() const;
  [[nodiscard]] bool is_being_checked() const noexcept { return stored_.section().being_checked; }

  /// Members of the module's object; a module that does not count has them empty. None without words.
  void WriteModule(JsonWriter& json, const ModuleId& module) const;
  /// Members of the run's object. None without words.
  void WriteRun(JsonWriter& json) const;

 private:
  /// nullptr if it does not count.
  [[nodiscard]] const ModuleFacts* FactsOf(const ModuleId& module) const;

  const StoredReport& stored_;
  std::map<ModuleId, std::size_t> places_;  ///< In the lists of the report.
};

}  // namespace backup_monitor
