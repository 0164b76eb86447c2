#pragma once

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "adapters/sqlite/sqlite_store.h"

namespace backup_monitor::testing {

/// A folder that is gone after the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "backup-monitor-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"cannot make " + name};
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

/// A real store in a folder of its own: the stand-in for RunStore and RunArchive. It opens in
/// milliseconds and needs no server, and a second implementation of their many rules in memory
/// would only be a second place for mistakes.
class TemporaryStore {
 public:
  explicit TemporaryStore(const sqlite::StoreOptions& options = {}) : options_{options} { Open(); }

  sqlite::SqliteStore* operator->() const noexcept { return store_.get(); }
  sqlite::SqliteStore& operator*() const noexcept { return *store_; }

  /// As after a restart of the daemon.
  void Reopen() {
    store_.reset();
    Open();
  }

  [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "store.db"; }

 private:
  void Open() {
    auto opened = sqlite::OpenStore(file(), options_);
    if (!opened) throw std::runtime_error{opened.error().message};
    store_ = std::move(*opened);
  }

  TemporaryFolder folder_;
  sqlite::StoreOptions options_;
  std::unique_ptr<sqlite::SqliteStore> store_;
};

}  // namespace backup_monitor::testing
