#include "adapters/cluster_api/node_list.h"

#include <cstdint>
#include <string>

namespace backup_monitor::cluster_api {
namespace {

constexpr std::size_t kMostNodes = 1000;

std::optional<Time> TimeOf(const JsonValue* value) {
  if (value == nullptr || !value->IsInt64()) return std::nullopt;
  const std::int64_t time = value->GetInt64();
  if (time <= 0 || time > kLatestTime.time_since_epoch().count()) return std::nullopt;
  return Time{seconds{time}};
}

}  // namespace

Result<std::vector<ListedNode>> ParseNodes(const JsonValue* output) {
  const JsonValue* nodes = Member(output, "nodes");
  if (nodes == nullptr || !nodes->IsArray())
    return Fail(ErrorCode::kInvalidInput, "the cluster's status names no nodes");
  std::vector<ListedNode> listed;
  for (const JsonValue& node : nodes->GetArray()) {
    if (listed.size() == kMostNodes) break;
    const JsonValue* number = Member(node, "id");
    const JsonValue* online = Member(node, "online");
    if (number == nullptr || !number->IsUint() || online == nullptr || !online->IsBool()) continue;
    const auto id = NodeId::Parse(std::to_string(number->GetUint()));
    if (!id) continue;
    listed.push_back({*id, online->GetBool(), TimeOf(Member(Member(node, "vpn"), "last_seen"))});
  }
  return listed;
}

}  // namespace backup_monitor::cluster_api
