#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "probe/repository.h"

namespace backup_monitor::testing {

/// A Repository with what it asks: one for each implementation. The repository is that of mail1.
class RepositoryUnderTest {
 public:
  virtual ~RepositoryUnderTest() = default;

  virtual void HasSnapshots(const std::vector<Snapshot>& snapshots) = 0;
  /// restic 0.14.0 ends with 1 and says this.
  virtual void ResticSays(const std::string& errors) = 0;
  /// Nothing answers any more.
  virtual void Hangs() = 0;
  [[nodiscard]] virtual probe::Repository& repository() = 0;
};

struct RepositoryKind {
  const char* name;
  std::function<std::unique_ptr<RepositoryUnderTest>(std::chrono::milliseconds timeout)> make;
};

[[nodiscard]] std::unique_ptr<RepositoryUnderTest> MakeFakeRepository(
    std::chrono::milliseconds timeout);
[[nodiscard]] std::unique_ptr<RepositoryUnderTest> MakeCommandRepository(
    std::chrono::milliseconds timeout);
[[nodiscard]] std::unique_ptr<RepositoryUnderTest> MakeClusterRepository(
    std::chrono::milliseconds timeout);

}  // namespace backup_monitor::testing
