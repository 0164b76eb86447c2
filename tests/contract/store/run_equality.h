#pragma once

#include "catch.h"
#include "model/run.h"

namespace backup_monitor::testing {

inline void CheckSame(const RunModule& read, const RunModule& written) {
  CHECK(read.node == written.node);
  CHECK(read.expected == written.expected);
  CHECK(read.left == written.left);
  CHECK(read.ever_recorded == written.ever_recorded);
  CHECK(read.record == written.record);
  CHECK(read.borrowed == written.borrowed);
  CHECK(read.verdict == written.verdict);
}

inline void CheckSame(const Run& read, const Run& written) {
  CHECK(read.id == written.id);
  CHECK(read.plan == written.plan);
  CHECK(read.plan_name == written.plan_name);
  CHECK(read.destination_id == written.destination_id);
  CHECK(read.destination_name == written.destination_name);
  CHECK(read.origin == written.origin);
  CHECK(read.begin == written.begin);
  CHECK(read.opened_at == written.opened_at);
  CHECK(read.first_error_seen_at == written.first_error_seen_at);
  CHECK((read.stored() == written.stored()));
  CHECK(read.compact_status == written.compact_status);
  CHECK(read.gap == written.gap);
  CHECK(read.alert_identity == written.alert_identity);
  CHECK((read.alert == written.alert));
  CHECK((read.due == written.due));
  CHECK((read.missed == written.missed));
  CHECK((read.overlapped == written.overlapped));
  CHECK((read.log == written.log));
  CHECK((read.presence == written.presence));
  CHECK((read.cluster_backup == written.cluster_backup));
  CHECK(read.outcome == written.outcome);
  REQUIRE(read.modules.size() == written.modules.size());
  for (const auto& [id, module] : written.modules) {
    CAPTURE(id.value());
    REQUIRE(read.modules.contains(id));
    CheckSame(read.modules.at(id), module);
  }
}

}  // namespace backup_monitor::testing
