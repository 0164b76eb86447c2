#include "report/json/contradictions_json.h"

namespace backup_monitor::report::json {

void WriteContradictions(JsonWriter& json, const std::vector<AlertContradiction>& contradictions) {
  json.BeginList("alert_contradictions");
  for (const AlertContradiction& contradiction : contradictions) {
    json.BeginObject();
    json.Text("kind", Name(contradiction.kind));
    json.BeginObject("plan");
    json.Text("id", contradiction.plan.value());
    json.Text("name", contradiction.plan_name);
    json.EndObject();
    if (contradiction.node) json.Number("node", contradiction.node->value());
    else json.Null("node");
    json.Text("node_name", contradiction.node_name);
    json.Moment("since", contradiction.since);
    json.Flag("silenced", contradiction.silenced);
    json.EndObject();
  }
  json.EndList();
}

}  // namespace backup_monitor::report::json
