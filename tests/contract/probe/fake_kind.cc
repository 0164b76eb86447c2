#include "contract/probe/repository_under_test.h"
#include "fakes/fake_repository.h"
#include "probe/restic_failure.h"

namespace backup_monitor::testing {
namespace {

class FakeKind final : public RepositoryUnderTest {
 public:
  explicit FakeKind(std::chrono::milliseconds timeout) : repository_{timeout} {}

  void HasSnapshots(const std::vector<Snapshot>& snapshots) override {
    repository_.SetSnapshots(ModuleId{"mail1"}, snapshots);
  }
  void ResticSays(const std::string& errors) override {
    repository_.SetFailure(ModuleId{"mail1"}, probe::ReadResticFailure(1, errors));
  }
  void Hangs() override { repository_.Hang(); }
  probe::Repository& repository() override { return repository_; }

 private:
  FakeRepository repository_;
};

}  // namespace

std::unique_ptr<RepositoryUnderTest> MakeFakeRepository(std::chrono::milliseconds timeout) {
  return std::make_unique<FakeKind>(timeout);
}

}  // namespace backup_monitor::testing
