#include "probe/snapshot_list.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include "probe/snapshot_values.h"
#include "text/utc_time.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kMostBytes = 16 * 1024 * 1024;
constexpr std::size_t kLongestId = 64;
constexpr std::int64_t kLatest = 253'402'300'799;  // the end of the year 9999

using Value = rapidjson::Value;
using ReadOne = std::optional<Snapshot> (*)(const Value& object);

const Value* Member(const Value& object, const char* name) {
  if (!object.IsObject()) return nullptr;
  const auto member = object.FindMember(name);
  return member == object.MemberEnd() ? nullptr : &member->value;
}

std::string Id(const Value& object) {
  const Value* const id = Member(object, "id");
  if (id == nullptr || !id->IsString() || id->GetStringLength() > kLongestId) return {};
  return {id->GetString(), id->GetStringLength()};
}

std::optional<std::uint64_t> Size(const Value* size) {
  if (size == nullptr || !size->IsUint64()) return std::nullopt;
  return size->GetUint64();
}

std::optional<Snapshot> ReadRestic(const Value& object) {
  const Value* const time = Member(object, "time");
  if (time == nullptr || !time->IsString()) return std::nullopt;
  const auto at = ParseRfc3339({time->GetString(), time->GetStringLength()});
  if (!at) return std::nullopt;
  const Value* const summary = Member(object, "summary");
  return Snapshot{
      *at, Id(object),
      summary == nullptr ? std::nullopt : Size(Member(*summary, "total_bytes_processed"))};
}

std::optional<Snapshot> ReadAction(const Value& object) {
  const Value* const time = Member(object, "timestamp");
  if (time == nullptr || !time->IsInt64()) return std::nullopt;
  if (time->GetInt64() < 0 || time->GetInt64() > kLatest) return std::nullopt;
  return Snapshot{Time{seconds{time->GetInt64()}}, Id(object), Size(Member(object, "total_bytes"))};
}

Result<SnapshotList> Read(const Value& list, ReadOne read) {
  SnapshotList read_list;
  if (list.IsNull()) return read_list;
  if (!list.IsArray()) return Fail(ErrorCode::kInvalidInput, "the answer is no list of snapshots");
  for (const Value& object : list.GetArray()) {
    if (auto snapshot = read(object)) read_list.snapshots.push_back(*std::move(snapshot));
    else ++read_list.not_understood;
  }
  return read_list;
}

Result<SnapshotList> Parse(std::string_view json, ReadOne read) {
  if (json.size() > kMostBytes)
    return Fail(ErrorCode::kInvalidInput, "the list of snapshots is too long");
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
  if (document.HasParseError())
    return Fail(ErrorCode::kInvalidInput, "the answer is no list of snapshots");
  return Read(document, read);
}

}  // namespace

Result<SnapshotList> ParseResticSnapshots(std::string_view json) { return Parse(json, ReadRestic); }

Result<SnapshotList> ParseActionSnapshots(std::string_view json) { return Parse(json, ReadAction); }

Result<SnapshotList> ReadActionSnapshots(const Value& list) { return Read(list, ReadAction); }

}  // namespace backup_monitor
