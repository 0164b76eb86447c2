// How long one look at a large cluster takes, against the same keys read raw through one hiredis
// pipeline and freed. Prints one table row; the median of many turns, both taken in turn.

#include <hiredis/hiredis.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/redis/redis_key_source.h"
#include "cluster/redis_cluster_reader.h"
#include "integration/redis/redis_server.h"

namespace backup_monitor::bench {
namespace {

using cluster::ReadBatch;

constexpr int kPlans = 20;
constexpr int kModules = 1000;
constexpr int kNodes = 10;
constexpr int kTurns = 101;
constexpr int kNow = 1'763'800'000;

using Milliseconds = std::chrono::duration<double, std::milli>;

// Keeps a copy of every command that a look sends.
class Recorder final : public cluster::KeySource {
 public:
  Recorder(std::unique_ptr<cluster::KeySource> source, std::vector<ReadBatch>& batches)
      : source_{std::move(source)}, batches_{batches} {}

  Result<std::unique_ptr<cluster::KeyReader>> Open(Deadline deadline) override {
    auto reader = source_->Open(deadline);
    if (!reader) return reader;
    return std::make_unique<Reader>(*std::move(reader), batches_);
  }

 private:
  class Reader final : public cluster::KeyReader {
   public:
    Reader(std::unique_ptr<cluster::KeyReader> reader, std::vector<ReadBatch>& batches)
        : reader_{std::move(reader)}, batches_{batches} {}
    Result<void> Read(const ReadBatch& batch, const cluster::ReplyHandler& handler) override {
      batches_.push_back(batch);
      return reader_->Read(batch, handler);
    }

   private:
    std::unique_ptr<cluster::KeyReader> reader_;
    std::vector<ReadBatch>& batches_;
  };

  std::unique_ptr<cluster::KeySource> source_;
  std::vector<ReadBatch>& batches_;
};

void Send(redisContext& context, const std::vector<std::string>& words) {
  std::vector<const char*> texts;
  std::vector<std::size_t> lengths;
  for (const std::string& word : words) {
    texts.push_back(word.data());
    lengths.push_back(word.size());
  }
  redisAppendCommandArgv(&context, static_cast<int>(words.size()), texts.data(), lengths.data());
}

void Collect(redisContext& context, std::size_t replies) {
  for (std::size_t i = 0; i < replies; ++i) {
    void* reply = nullptr;
    if (redisGetReply(&context, &reply) == REDIS_OK) freeReplyObject(reply);
  }
}

void Fill(redisContext& context) {
  std::size_t sent = 0;
  const auto put = [&](const std::vector<std::string>& words) {
    Send(context, words);
    ++sent;
  };
  std::string instances;
  put({"AUTH", "admin", "admin"});
  for (int m = 0; m < kModules; ++m) {
    const std::string module = "module" + std::to_string(m);
    instances += module + " ";
    put({"HSET", "cluster/module_node", module, std::to_string(1 + m % kNodes)});
    put({"SET", "module/" + module + "/ui_name", "Application " + std::to_string(m)});
    put({"SADD", "module/" + module + "/flags", "core_module"});
    put({"HSET", "module/" + module + "/environment", "IMAGE_URL", "ghcr.io/x/y:1.0.0"});
  }
  for (int p = 1; p <= kPlans; ++p) {
    const std::string plan = std::to_string(p);
    put({"HSET", "cluster/backup/" + plan, "name", "Plan " + plan, "enabled", "1", "repository",
         "d1", "schedule", "*-*-* 03:00:00", "instances", instances});
    for (int m = 0; m < kModules; ++m) {
      put({"HSET", "node/" + std::to_string(1 + m % kNodes) + "/backup_status/" + plan,
           "module" + std::to_string(m),
           R"({"start": 1763790000, "end": 1763790090, "total_size": 4096123456, )"
           R"("total_file_count": 12345, "snapshots_count": 7, "errors": 0})"});
    }
  }
  Collect(context, sent);
}

std::vector<std::vector<std::string>> CommandsOf(const std::vector<ReadBatch>& batches) {
  std::vector<std::vector<std::string>> commands;
  for (const ReadBatch& batch : batches) {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      std::vector<std::string>& words = commands.emplace_back();
      for (std::size_t word = 0; word < batch.word_count(i); ++word) {
        words.emplace_back(batch.word(i, word));
      }
    }
  }
  return commands;
}

template <typename Work>
Milliseconds Timed(Work work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::steady_clock::now() - begin;
}

double Median(std::vector<Milliseconds> times) {
  std::sort(times.begin(), times.end());
  return times[times.size() / 2].count();
}

int Run() {
  const testing::RedisServer server;
  const std::unique_ptr<redisContext, decltype(&redisFree)> raw{
      redisConnectUnix(server.socket().c_str()), &redisFree};
  Fill(*raw);

  const Time now{seconds{kNow}};
  std::vector<ReadBatch> batches;
  cluster::RedisClusterReader recorded{std::make_unique<Recorder>(
      std::make_unique<redis::RedisKeySource>(server.SocketOnly()), batches)};
  const auto first = recorded.Look(now);
  if (!first || first->records.size() != std::size_t{kPlans} * kModules) {
    std::fprintf(stderr, "the look failed: %s\n",
                 first ? "records" : first.error().message.c_str());
    return 1;
  }
  const auto commands = CommandsOf(batches);

  cluster::RedisClusterReader reader{std::make_unique<redis::RedisKeySource>(server.SocketOnly())};
  std::vector<Milliseconds> raw_times;
  std::vector<Milliseconds> look_times;
  for (int turn = 0; turn < kTurns; ++turn) {
    raw_times.push_back(Timed([&] {
      for (const auto& words : commands) Send(*raw, words);
      Collect(*raw, commands.size());
    }));
    look_times.push_back(Timed([&] { (void)reader.Look(now); }));
  }
  const double raw_median = Median(raw_times);
  const double look_median = Median(look_times);
  std::printf(
      "| cluster look, %d plans x %d modules on %d nodes (%zu commands, %zu round trips) "
      "| look %.2f ms; raw pipeline %.2f ms | %.2f | ≤ 1.5 | %s |\n",
      kPlans, kModules, kNodes, commands.size(), batches.size(), look_median, raw_median,
      look_median / raw_median, look_median / raw_median <= 1.5 ? "reached" : "not reached");
  return 0;
}

}  // namespace
}  // namespace backup_monitor::bench

int main() { return backup_monitor::bench::Run(); }
