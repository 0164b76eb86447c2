#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "cluster/key_reader.h"

namespace backup_monitor::cluster {

/// A batch in which each command knows what becomes of its reply:
///
///   inquiry.commands().Hash(key);
///   inquiry.Then([&](const Reply& reply) { ... });
class Inquiry {
 public:
  using Handler = std::function<void(const Reply&)>;

  [[nodiscard]] ReadBatch& commands() noexcept { return batch_; }

  /// Belongs to the command added last. Keep captures within two pointers: there are thousands.
  void Then(Handler handler) { handlers_.push_back(std::move(handler)); }

  /// One round trip; none if nothing was asked.
  [[nodiscard]] Result<void> Send(KeyReader& reader) {
    if (batch_.empty()) return {};
    return reader.Read(batch_,
                       [this](std::size_t index, const Reply& reply) { handlers_[index](reply); });
  }

 private:
  ReadBatch batch_;
  std::vector<Handler> handlers_;
};

}  // namespace backup_monitor::cluster
