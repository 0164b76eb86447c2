#include "report/json/coverage_json.h"

namespace backup_monitor::report::json {

void WriteCoverage(JsonWriter& json, const WatchSummary& watch) {
  json.BeginList("unprotected_since");
  for (const auto& [module, since] : watch.unprotected_since) {
    json.BeginObject();
    json.Text("module", module.value());
    json.Moment("since", since);
    json.EndObject();
  }
  json.EndList();
  json.BeginList("exempt");
  for (const auto& [module, exemption] : watch.exempt) {
    json.BeginObject();
    json.Text("module", module.value());
    json.Moment("until", exemption.until);
    json.Text("reason", exemption.reason);
    json.EndObject();
  }
  json.EndList();
}

}  // namespace backup_monitor::report::json
