#include "cluster/status_fields.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

namespace backup_monitor::cluster {
namespace {

constexpr std::int64_t kMostErrors =
    1000;  // NS8 counts to 3; more is nonsense, and still a failure.
constexpr std::int64_t kLatest = kLatestTime.time_since_epoch().count();
constexpr double kMostExact =
    9'007'199'254'740'992;  // 2^53: a double holds every integer below it.

Time FromUnixSeconds(std::int64_t count) { return Time{seconds{count}}; }

std::optional<std::uint64_t> Unsigned(const std::optional<std::int64_t>& count) {
  if (!count) return std::nullopt;
  return static_cast<std::uint64_t>(*count);
}

}  // namespace

void StatusBuilder::Put(std::string_view name, std::int64_t value) noexcept {
  Count* const member = Member(name);
  if (member == nullptr) return;
  *member = value < 0 ? std::nullopt : Count{value};
}

void StatusBuilder::Put(std::string_view name, double value) noexcept {
  Count* const member = Member(name);
  if (member == nullptr) return;
  const bool decides = member == &start_ || member == &errors_;
  const bool fits = std::isfinite(value) && value >= 0 && value <= kMostExact;
  *member = fits && (!decides || std::trunc(value) == value)
                ? Count{static_cast<std::int64_t>(value)}
                : std::nullopt;
}

void StatusBuilder::Put(std::string_view name, std::string_view text) noexcept {
  std::int64_t value = -1;
  const char* const end = text.data() + text.size();
  const auto stop = std::from_chars(text.data(), end, value).ptr;  // a failure leaves the -1
  if (stop != end) value = -1;
  Put(name, value);
}

void StatusBuilder::PutOdd(std::string_view name) noexcept {
  if (Count* const member = Member(name)) member->reset();
}

Result<StatusFields> StatusBuilder::Build() const {
  if (!start_ || *start_ > kLatest) {
    return Fail(ErrorCode::kInvalidInput, "'start' is not a time in Unix seconds");
  }
  if (!errors_) return Fail(ErrorCode::kInvalidInput, "'errors' is not a count");
  const std::int64_t end = end_ && *end_ <= kLatest ? *end_ : *start_;
  return StatusFields{.start = FromUnixSeconds(*start_),
                      .end = FromUnixSeconds(end),
                      .error_count = static_cast<std::uint32_t>(std::min(*errors_, kMostErrors)),
                      .restore_bytes = Unsigned(restore_bytes_),
                      .file_count = Unsigned(file_count_),
                      .snapshot_count = Unsigned(snapshot_count_)};
}

StatusBuilder::Count* StatusBuilder::Member(std::string_view name) noexcept {
  // No two are equally long, so one comparison decides.
  switch (name.size()) {
    case 3: return name == "end" ? &end_ : nullptr;
    case 5: return name == "start" ? &start_ : nullptr;
    case 6: return name == "errors" ? &errors_ : nullptr;
    case 10: return name == "total_size" ? &restore_bytes_ : nullptr;
    case 15: return name == "snapshots_count" ? &snapshot_count_ : nullptr;
    case 16: return name == "total_file_count" ? &file_count_ : nullptr;
    default: return nullptr;
  }
}

}  // namespace backup_monitor::cluster
