#include "cluster/compact_layout.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

#include "cluster/kept_text.h"
#include "cluster/layouts.h"
#include "text/utc_time.h"

namespace backup_monitor::cluster {
namespace {

struct Common {
  Time timestamp;
  bool succeeded = false;
};

bool AllMissing(const Reply& reply) {
  return std::all_of(reply.items.begin(), reply.items.end(),
                     [](const Reply& item) { return item.kind == Reply::Kind::kNil; });
}

// `result` and `timestamp`, the first two fields of both kinds of key.
Result<Common> ParseCommon(const Reply& reply) {
  const std::string_view result = reply.items[0].text_or_empty();
  if (result != "success" && result != "error") {
    return Fail(ErrorCode::kInvalidInput, "'result' is neither 'success' nor 'error'");
  }
  const auto timestamp = ParseIsoTime(reply.items[1].text_or_empty());
  if (!timestamp) {
    return Fail(ErrorCode::kInvalidInput, "'timestamp': not a time like 2024-01-15T03:00:05Z");
  }
  return Common{*timestamp, result == "success"};
}

std::uint32_t CountOrZero(std::string_view text) {
  std::uint32_t count = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, count);
  return failure == std::errc{} && stop == end ? count : 0;
}

}  // namespace

void CompactLayout::AskPlan(Inquiry& inquiry, PlanNumber plan) {
  inquiry.commands().Fields(CompactPlanKey(id(plan)), {"result", "timestamp", "errors", "error"});
  inquiry.Then([this, plan](const Reply& reply) { ReadPlan(plan, reply); });
}

void CompactLayout::AskModule(Inquiry& inquiry, PlanNumber plan, ModuleNumber module) {
  inquiry.commands().Fields(CompactModuleKey(modules_[module].id, id(plan)),
                            {"result", "timestamp", "error"});
  inquiry.Then([this, plan, module](const Reply& reply) { ReadModule(plan, module, reply); });
}

void CompactLayout::ReadPlan(PlanNumber plan, const Reply& reply) {
  if (reply.kind == Reply::Kind::kWrongType || reply.items.size() < 4) {
    complaints_.AboutKey(CompactPlanKey(id(plan)), "is not a hash");
    return;
  }
  if (AllMissing(reply)) return;  // Removed since its name was found.
  const auto common = ParseCommon(reply);
  if (!common) {
    complaints_.AboutStatus(id(plan), {}, common.error().message);
    return;
  }
  found(plan).plan = CompactPlanStatus{.timestamp = common->timestamp,
                                       .succeeded = common->succeeded,
                                       .error_count = CountOrZero(reply.items[2].text_or_empty()),
                                       .error_text = KeptText(reply.items[3])};
}

void CompactLayout::ReadModule(PlanNumber plan, ModuleNumber module, const Reply& reply) {
  const ModuleId& module_id = modules_[module].id;
  if (reply.items.size() < 3) {
    complaints_.AboutKey(CompactModuleKey(module_id, id(plan)), "is not a hash");
    return;
  }
  if (AllMissing(reply)) return;
  const auto common = ParseCommon(reply);
  if (!common) {
    complaints_.AboutStatus(id(plan), module_id.value(), common.error().message);
    return;
  }
  found(plan).modules.push_back({.plan = id(plan),
                                 .module = module_id,
                                 .node = std::nullopt,
                                 .start = common->timestamp,
                                 .end = common->timestamp,
                                 .error_count = common->succeeded ? 0U : 1U,
                                 .restore_bytes = std::nullopt,
                                 .file_count = std::nullopt,
                                 .snapshot_count = std::nullopt,
                                 .error_text = KeptText(reply.items[2])});
}

}  // namespace backup_monitor::cluster
