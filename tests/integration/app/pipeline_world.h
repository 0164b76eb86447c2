#pragma once

#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "adapters/sqlite/sqlite_store.h"
#include "announcement/message_writer.h"
#include "app/worker.h"
#include "catch.h"
#include "fakes/fake_clock.h"
#include "fakes/fake_cluster.h"

namespace backup_monitor::testing {

using std::chrono::hours;
using std::chrono::minutes;

/// A folder that goes away with its owner.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "backup-monitor-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~ScratchFolder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline announcement::Correspondence MailTo(std::vector<std::string> recipients) {
  announcement::Correspondence mail;
  mail.from = "monitor@example.org";
  mail.to = std::move(recipients);
  return mail;
}

/// A cluster of two modules under plan 1, a real store, and a clock that is moved by hand.
struct PipelineWorld {
  PipelineWorld() : store{sqlite::OpenStore(folder.path() / "store.db").value()} {
    cluster.AddPlan("1", "Nightly", {"mail1", "samba1"});
    Record("mail1", hours{-24});
    Record("samba1", hours{-24} + minutes{10});
  }

  /// A record of five minutes that begins `from_now`.
  void Record(const std::string& module, seconds from_now, std::uint32_t errors = 0) {
    const Time start = clock.Now() + from_now;
    cluster.PutRecord("1", module, start, start + minutes{5}, errors);
  }

  /// Messages of every run in the store, oldest first.
  [[nodiscard]] std::vector<Message> Messages() {
    std::vector<Message> messages;
    for (std::int64_t id = 1;; ++id) {
      auto message = store->archive().ReadMessage(MessageId{id});
      if (!message) return messages;
      messages.push_back(message->message);
    }
  }

  ScratchFolder folder;
  FakeClock clock;
  FakeCluster cluster;
  std::unique_ptr<sqlite::SqliteStore> store;
  Metrics metrics;
};

}  // namespace backup_monitor::testing
