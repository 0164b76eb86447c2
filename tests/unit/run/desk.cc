#include "unit/run/desk.h"

#include "run_states.h"

namespace backup_monitor::testing {

void Desk::HasPlan(const std::string& plan, const std::vector<const char*>& modules) {
  Plan& stored = view.plans[PlanId{plan}];
  stored.id = PlanId{plan};
  stored.name = plan;
  stored.expected.clear();
  for (const char* text : modules) {
    const StatusRecord named = Record(plan, text, {}, {});
    stored.expected.push_back(named.module);
    view.modules[named.module] = Module{.id = named.module, .node = named.node, .ui_name = {}};
  }
  members.Update(view, memory);
}

void Desk::HasPast(const char* module, seconds after_begin, seconds took) {
  memory.modules[{PlanId{"daily"}, ModuleId{module}}] = {
      .started = At("0 00:00") + after_begin,
      .ended = At("0 00:00") + after_begin + took,
      .lag = after_begin + took,
      .good_duration = took,
      .longest_duration = took,
      .has_record = true};
}

Run& Desk::AddRun(std::string_view begin) {
  const RunId id{static_cast<std::int64_t>(memory.runs.size() + 1)};
  memory.newest_run = id;
  Run& run = memory.runs[id];
  run.id = id;
  run.plan = PlanId{"daily"};
  run.begin = run.opened_at = At(begin);
  for (const ModuleId& module : view.plans.at(run.plan).expected) {
    run.modules[module].expected = true;
    run.modules[module].node = view.modules.at(module).node;
  }
  return run;
}

void Desk::AddHistory(const char* module, std::string_view start, std::string_view end,
                      std::uint32_t errors) {
  SeenRecord record = Seen(module, start, end, errors);
  record.seen_at = view.looked_at;
  record.stored_by.reset();
  memory.history[PlanId{"daily"}].push_back(std::move(record));
}

SeenRecord Seen(std::string_view module, std::string_view start, std::string_view end,
                std::uint32_t errors) {
  return {.record = Record("daily", module, At(start), At(end), errors),
          .seen_at = At(end),
          .started = At(start),
          .ended = At(end),
          .stored_by = At(end),
          .finding = {}};
}

void Give(Run& run, const SeenRecord& record) {
  RunModule& module = run.modules[record.record.module];
  if (!module.expected) module.node = record.record.node;
  module.record = record;
}

}  // namespace backup_monitor::testing
