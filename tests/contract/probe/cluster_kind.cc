#include <string>

#include "contract/probe/repository_under_test.h"
#include "integration/cluster_api/api_peer.h"

namespace backup_monitor::testing {
namespace {

class ClusterKind final : public RepositoryUnderTest {
 public:
  explicit ClusterKind(std::chrono::milliseconds timeout) : repository_{peer_.Ask(timeout)} {}

  void HasSnapshots(const std::vector<Snapshot>& snapshots) override {
    std::string list;
    for (const Snapshot& snapshot : snapshots) {
      const std::string size = snapshot.size_bytes ? std::to_string(*snapshot.size_bytes) : "-1";
      list += (list.empty() ? "" : ",") +
              (R"({"timestamp":)" + std::to_string(snapshot.at.time_since_epoch().count())) +
              R"(,"id":")" + snapshot.id + R"(","total_bytes":)" + size + "}";
    }
    peer_.SetRules(R"({"result":{"exit_code":0,"error":"","output":[)" + list + "]}}");
  }
  void ResticSays(const std::string& errors) override {
    peer_.SetRules(R"({"result":{"exit_code":1,"output":"","error":")" + errors + R"("}})");
  }
  void Hangs() override { peer_.SetRules(R"({"pending":-1})"); }
  probe::Repository& repository() override { return repository_; }

 private:
  ApiPeer peer_;
  cluster_api::ClusterRepository repository_;
};

}  // namespace

std::unique_ptr<RepositoryUnderTest> MakeClusterRepository(std::chrono::milliseconds timeout) {
  return std::make_unique<ClusterKind>(timeout);
}

}  // namespace backup_monitor::testing
