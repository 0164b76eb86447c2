#include "probe/snapshot_list.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include "probe/snapshot_values.h"
#include "text/utc_time.h"

namespace backup_monitor::probe {
namespace {

constexpr std::size_t kMostBytes = 16 * 1024 * 1024;
constexpr std::size_t kLongestId = 64;

using ReadOne = std::optional<Snapshot> (*)(const JsonValue& object);

std::string Id(const JsonValue& object) {
  const std::string_view id = TextMember(object, "id");
  return id.size() > kLongestId ? std::string{} : std::string{id};
}

std::optional<std::uint64_t> Size(const JsonValue* size) {
  if (size == nullptr || !size->IsUint64()) return std::nullopt;
  return size->GetUint64();
}

std::optional<Snapshot> ReadRestic(const JsonValue& object) {
  const auto at = ParseRfc3339(TextMember(object, "time"));
  if (!at) return std::nullopt;
  const JsonValue* const summary = Member(object, "summary");
  return Snapshot{*at, Id(object), Size(Member(summary, "total_bytes_processed"))};
}

std::optional<Snapshot> ReadAction(const JsonValue& object) {
  const JsonValue* const time = Member(object, "timestamp");
  if (time == nullptr || !time->IsInt64()) return std::nullopt;
  if (time->GetInt64() < 0 || time->GetInt64() > kLatestTime.time_since_epoch().count())
    return std::nullopt;
  return Snapshot{Time{seconds{time->GetInt64()}}, Id(object), Size(Member(object, "total_bytes"))};
}

Result<SnapshotList> Read(const JsonValue& list, ReadOne read) {
  SnapshotList read_list;
  if (list.IsNull()) return read_list;
  if (!list.IsArray()) return Fail(ErrorCode::kInvalidInput, "the answer is no list of snapshots");
  for (const JsonValue& object : list.GetArray()) {
    if (auto snapshot = read(object)) read_list.snapshots.push_back(*std::move(snapshot));
    else ++read_list.not_understood;
  }
  return read_list;
}

Result<SnapshotList> Parse(std::string_view json, ReadOne read) {
  if (json.size() > kMostBytes)
    return Fail(ErrorCode::kInvalidInput, "the list of snapshots is too long");
  const auto list = ParseJson(json, {.utf8_only = false});
  if (!list) return Fail(ErrorCode::kInvalidInput, "the answer is no list of snapshots");
  return Read(*list, read);
}

}  // namespace

Result<SnapshotList> ParseResticSnapshots(std::string_view json) { return Parse(json, ReadRestic); }

Result<SnapshotList> ParseActionSnapshots(std::string_view json) { return Parse(json, ReadAction); }

Result<SnapshotList> ReadActionSnapshots(const JsonValue& list) { return Read(list, ReadAction); }

}  // namespace backup_monitor::probe
