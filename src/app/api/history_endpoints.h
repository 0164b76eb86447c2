#pragma once

#include <string_view>
#include <utility>

#include "adapters/http/http_message.h"
#include "announcement/stored_report.h"
#include "store/run_archive.h"

namespace backup_monitor::app::api {

/// What can be read of the past. Each blocks on a read of the store; 404 for what is not there, 503 where the
/// store cannot be read now.
class HistoryEndpoints {
 public:
  HistoryEndpoints(store::RunArchive& archive, announcement::DescribeRun describe)
      : archive_{archive}, describe_{std::move(describe)} {}

  /// GET /api/runs?plan=&outcome=&before=&limit=: newest first, `next_before` for the next page.
  [[nodiscard]] http::HttpAnswer Runs(std::string_view query) const;
  /// GET /api/runs/<id>: with modules, verdicts, messages and their attempts; with `language`, `en` or
  /// `it`, also what a mail says of it now: names, sentences, what to do.
  [[nodiscard]] http::HttpAnswer Run(std::string_view id, std::string_view query) const;
  /// GET /api/results?plan=&outcome=&before=&limit=: each module's result in each of these runs, of fewer
  /// runs where these have more than 50,000 modules together; `next_before` for the next page.
  [[nodiscard]] http::HttpAnswer Results(std::string_view query) const;
  /// GET /api/messages/<id>, and /api/messages/<id>.eml: the mail as it is or was sent.
  [[nodiscard]] http::HttpAnswer Message(std::string_view id) const;
  /// GET /api/requests/<id>: the messages that answer a request; none while it is worked on.
  [[nodiscard]] http::HttpAnswer Request(std::string_view id) const;

 private:
  store::RunArchive& archive_;
  announcement::DescribeRun describe_;
};

}  // namespace backup_monitor::app::api
