#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "adapters/http_client/patience.h"
#include "adapters/loki/loki_answer.h"
#include "journal/journal.h"
#include "journal/log_address.h"

namespace backup_monitor::loki {

/// What one reading takes at most.
struct LokiManner {
  std::size_t page =
      1'000;  ///< Entries in one answer: below any limit of a Loki as NS8 sets it up.
  std::size_t most_pages = 30;
  std::size_t most_bytes = 8U * 1024U * 1024U;   ///< Of one answer,
  std::size_t most_total = 32U * 1024U * 1024U;  ///< and of all lines.
  http_client::Patience patience{};
};

/// Reads the journals that NS8 ships to Loki by its HTTP API, with basic authentication.
///
/// Entries come in pages by time: each begins at the moment of the last entry of the one before, and what that has of
/// this moment is left out. A page whose entries are all of one moment is followed by the next moment, and the reading
/// counts as incomplete. A page that is too long is asked for with fewer entries. When a later page cannot be had, what
/// there is until then is an incomplete reading.
class LokiJournal final : public journal::Journal {
 public:
  using FindLog = std::function<Result<journal::LogAddress>(Deadline)>;

  /// \param find_log  asked at each reading, since the log moves with its module: kNotFound if there is none
  explicit LokiJournal(FindLog find_log, LokiManner manner = {})
      : find_log_{std::move(find_log)}, manner_{manner} {}

  [[nodiscard]] Result<journal::Excerpt> Read(const journal::Wanted& wanted, Deadline deadline,
                                              const std::stop_token& stop) override;
  [[nodiscard]] Result<std::optional<Time>> NewestEntry(NodeId node, Time from, Time to,
                                                        Deadline deadline,
                                                        const std::stop_token& stop) override;

 private:
  [[nodiscard]] Result<journal::LogAddress> Find(Deadline deadline) const;
  [[nodiscard]] Result<std::vector<LokiLine>> ReadPage(const journal::LogAddress& log,
                                                       const std::string& path, Deadline deadline,
                                                       const std::stop_token& stop) const;

  FindLog find_log_;
  LokiManner manner_;
};

}  // namespace backup_monitor::loki
