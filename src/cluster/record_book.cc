#include "cluster/record_book.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>

namespace backup_monitor::cluster {
namespace {

constexpr std::chrono::hours kBelievableAhead{24};
constexpr std::size_t kMostReserved = 32'768;  // About 6 MB, which cost nothing until written.

void Write(StatusRecord& record, std::optional<NodeId> node, const StatusFields& status) {
  record.node = node;
  record.start = status.start;
  record.end = status.end;
  record.error_count = status.error_count;
  record.restore_bytes = status.restore_bytes;
  record.file_count = status.file_count;
  record.snapshot_count = status.snapshot_count;
}

}  // namespace

RecordBook::RecordBook(const std::vector<PlanId>& plans, const ModuleTable& modules, Time now)
    : plans_{plans},
      modules_{modules},
      latest_believable_{now + kBelievableAhead},
      slots_(plans.size()) {
  // Mostly each module is in some plans: growing by doubling would touch twice the memory.
  records_.reserve(std::min(plans.size() * modules.size(), kMostReserved));
}

void RecordBook::Offer(PlanNumber plan, ModuleNumber module, std::optional<NodeId> node,
                       const StatusFields& status) {
  std::vector<std::uint32_t>& slots = slots_[Index(plan)];
  if (slots.empty()) slots.resize(modules_.size());
  std::uint32_t& slot = slots[ModuleTable::Index(module)];
  if (slot == 0) {
    StatusRecord& record = records_.emplace_back();
    record.plan = plans_[Index(plan)];
    record.module = modules_[module].id;
    Write(record, node, status);
    slot = static_cast<std::uint32_t>(records_.size());
  } else if (Beats(records_[slot - 1], node, status, module)) {
    Write(records_[slot - 1], node, status);
  }
}

bool RecordBook::Beats(const StatusRecord& other, std::optional<NodeId> node,
                       const StatusFields& status, ModuleNumber module) const {
  const bool believable = status.start <= latest_believable_;
  const bool other_believable = other.start <= latest_believable_;
  if (believable != other_believable) return believable;
  if (status.start != other.start) return status.start > other.start;
  const std::optional<NodeId> home = modules_[module].node;
  return node == home && other.node != home;
}

}  // namespace backup_monitor::cluster
