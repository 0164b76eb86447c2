#pragma once

#include <memory>

#include "config/config.h"
#include "model/cluster_view.h"
#include "model/run_memory.h"
#include "schedule/time_zone.h"
#include "schedule/timetable.h"

namespace backup_monitor::app {

/// The timetable of a configuration. `zones` must outlive it. Zones that the machine does not know are said in
/// `warnings`; such a node counts as if none were given.
[[nodiscard]] schedule::Timetable MakeTimetable(const config::ScheduleConfig& config,
                                                const schedule::TimeZones& zones,
                                                std::vector<std::string>& warnings);

/// Adds to a look what its schedules say, and as complaints which plans never run by themselves and which cannot be
/// judged. No timetable: no schedule is read.
void ReadSchedules(ClusterView& view, schedule::Timetable* timetable, const RunMemory& memory);

}  // namespace backup_monitor::app
