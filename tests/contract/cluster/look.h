#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "catch.h"
#include "cluster/redis_cluster_reader.h"

namespace backup_monitor::testing {

inline Time At(std::int64_t count) { return Time{seconds{count}}; }

/// When the looks of the layout suites happen: 2025-11-22T07:06:40Z.
inline constexpr std::int64_t kNow = 1'763'800'000;

inline Result<ClusterView> TryLook(std::unique_ptr<cluster::KeySource> source,
                                   std::int64_t now = kNow) {
  return cluster::RedisClusterReader{std::move(source)}.Look(At(now));
}

inline ClusterView Look(std::unique_ptr<cluster::KeySource> source, std::int64_t now = kNow) {
  auto view = TryLook(std::move(source), now);
  if (!view) FAIL(view.error().message);
  return *std::move(view);
}

/// The record of that plan and module; a test failure if there is none.
inline const StatusRecord& RecordOf(const ClusterView& view, const std::string& plan,
                                    const std::string& module) {
  for (const StatusRecord& record : view.records) {
    if (record.plan.value() == plan && record.module.value() == module) return record;
  }
  FAIL("no record of plan " << plan << ", module " << module);
  return view.records.front();
}

/// Ids in order, as one text: "mail1 web1".
inline std::string Ids(const std::vector<ModuleId>& ids) {
  std::string all;
  for (const ModuleId& id : ids) all += (all.empty() ? "" : " ") + id.value();
  return all;
}

inline const Plan& PlanOf(const ClusterView& view, const std::string& id) {
  return view.plans.at(PlanId{id});
}

}  // namespace backup_monitor::testing
