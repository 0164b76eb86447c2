#pragma once

#include <memory>
#include <utility>

#include "cluster/key_reader.h"
#include "notify/smarthost_source.h"

namespace backup_monitor::redis {

/// The cluster's smarthost: HASH `cluster/smarthost`. One thread at a time.
class RedisSmarthostSource final : public notify::SmarthostSource {
 public:
  explicit RedisSmarthostSource(std::unique_ptr<cluster::KeySource> source)
      : source_{std::move(source)} {}

  /// Errors as KeySource and ParseSmarthost.
  Result<Smarthost> Read() override;

 private:
  std::unique_ptr<cluster::KeySource> source_;
};

}  // namespace backup_monitor::redis
