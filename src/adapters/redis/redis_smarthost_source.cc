#include "adapters/redis/redis_smarthost_source.h"

#include <chrono>
#include <cstddef>

#include "adapters/redis/smarthost_hash.h"

namespace backup_monitor::redis {
namespace {

constexpr std::string_view kKey = "cluster/smarthost";

}  // namespace

Result<Smarthost> RedisSmarthostSource::Read() {
  auto reader = source_->Open(std::chrono::steady_clock::now() + cluster::KeySource::kShort);
  if (!reader) return Fail(std::move(reader.error()).While("read the smarthost"));
  cluster::ReadBatch batch;
  batch.Hash(kKey);
  Result<Smarthost> smarthost;
  auto read = (*reader)->Read(batch, [&smarthost](std::size_t, const cluster::Reply& reply) {
    smarthost = ParseSmarthost(reply);
  });
  if (!read) return Fail(std::move(read.error()).While("read the smarthost"));
  if (!smarthost) return Fail(std::move(smarthost.error()).While(kKey));
  return smarthost;
}

}  // namespace backup_monitor::redis
