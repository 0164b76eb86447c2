#include <ctime>
#include <fstream>
#include <string>

#include "adapters/process/command_repository.h"
#include "contract/probe/repository_under_test.h"
#include "integration/smtp/smtp_peer.h"

namespace backup_monitor::testing {
namespace {

std::string IsoTime(Time time) {
  const std::time_t unix_seconds = time.time_since_epoch().count();
  std::tm parts{};
  ::gmtime_r(&unix_seconds, &parts);
  std::string text(20, ' ');
  (void)std::strftime(text.data(), text.size() + 1, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

/// A script in restic's place: the real one is asked in tests/integration/process.
class CommandKind final : public RepositoryUnderTest {
 public:
  explicit CommandKind(std::chrono::milliseconds timeout)
      : repository_{{"/bin/sh", folder_.path() / "restic"}, {}, timeout} {}

  void HasSnapshots(const std::vector<Snapshot>& snapshots) override {
    std::string json;
    for (const Snapshot& snapshot : snapshots) {
      json += json.empty() ? "[" : ",";
      json += R"({"time":")" + IsoTime(snapshot.at) + R"(","id":")" + snapshot.id + "\"";
      if (snapshot.size_bytes) {
        json +=
            R"(,"summary":{"total_bytes_processed":)" + std::to_string(*snapshot.size_bytes) + "}";
      }
      json += "}";
    }
    Play("cat <<'END'\n" + (json.empty() ? "[" : json) + "]\nEND\n");
  }
  void ResticSays(const std::string& errors) override {
    Play("cat >&2 <<'END'\n" + errors + "\nEND\nexit 1\n");
  }
  void Hangs() override { Play("exec sleep 60\n"); }
  probe::Repository& repository() override { return repository_; }

 private:
  void Play(const std::string& script) { std::ofstream{folder_.path() / "restic"} << script; }

  TemporaryFolder folder_;
  process::CommandRepository repository_;
};

}  // namespace

std::unique_ptr<RepositoryUnderTest> MakeCommandRepository(std::chrono::milliseconds timeout) {
  return std::make_unique<CommandKind>(timeout);
}

}  // namespace backup_monitor::testing
