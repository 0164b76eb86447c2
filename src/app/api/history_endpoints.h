#pragma once

#include <string_view>

#include "adapters/http/http_message.h"
#include "store/run_archive.h"

namespace backup_monitor {

/// What can be read of the past. Each answers at once; 404 for what is not there, 503 where the
/// store cannot be read now.
class HistoryEndpoints {
 public:
  explicit HistoryEndpoints(RunArchive& archive) : archive_{archive} {}

  /// GET /api/runs?plan=&outcome=&before=&limit=: newest first, `next_before` for the next page.
  [[nodiscard]] HttpAnswer Runs(std::string_view query) const;
  /// GET /api/runs/<id>: with modules, verdicts, messages and their attempts.
  [[nodiscard]] HttpAnswer Run(std::string_view id) const;
  /// GET /api/messages/<id>, and /api/messages/<id>.eml: the mail as it is or was sent.
  [[nodiscard]] HttpAnswer Message(std::string_view id) const;
  /// GET /api/requests/<id>: the messages that answer a request; none while it is worked on.
  [[nodiscard]] HttpAnswer Request(std::string_view id) const;

 private:
  RunArchive& archive_;
};

}  // namespace backup_monitor
