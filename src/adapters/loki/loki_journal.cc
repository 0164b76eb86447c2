#include "adapters/loki/loki_journal.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "adapters/loki/loki_query.h"
#include "base/redaction.h"

namespace backup_monitor::loki {
namespace {

constexpr std::size_t kMostWords = 200;  // of an error

std::optional<http_client::Login> LoginAt(const journal::LogAddress& log) {
  if (log.user.empty()) return std::nullopt;
  return http_client::Login{log.user, log.password};
}

Error ErrorOf(const http_client::HttpReply& reply, const journal::LogAddress& log) {
  std::string message = "the log answered " + std::to_string(reply.status);
  const std::size_t end = reply.body.find_last_not_of(" \r\n");
  const std::string said =
      Quotable(std::string_view{reply.body}.substr(0, end + 1), kMostWords, {log.password});
  if (!said.empty()) message += ": " + said;
  if (http_client::IsDenial(reply.status)) return {ErrorCode::kDenied, std::move(message)};
  return {
      http_client::IsTemporary(reply.status) ? ErrorCode::kUnavailable : ErrorCode::kInvalidInput,
      std::move(message)};
}

/// Takes in a page, without what the page before had of its first moment.
class Pages {
 public:
  Pages(journal::EntryTime from, std::size_t most_total) : from_{from}, left_{most_total} {}

  [[nodiscard]] journal::EntryTime from() const noexcept { return from_; }
  [[nodiscard]] journal::Excerpt Excerpt() && { return std::move(excerpt_); }

  /// False if no more fits, or it was the last one.
  bool Take(std::vector<LokiLine> page, bool is_last) {
    const std::vector<LokiLine> known = std::move(of_last_moment_);
    of_last_moment_.clear();
    const journal::EntryTime last = page.back().at;
    for (LokiLine& line : page) {
      const bool is_known = line.at == from_ && std::ranges::find(known, line) != known.end();
      if (!is_known && !Add(line)) return false;
      if (line.at == last) of_last_moment_.push_back(std::move(line));
    }
    if (is_last || last > from_) {
      from_ = last;
      return !is_last;
    }
    // There may be more of this moment than a page holds.
    excerpt_.complete = false;
    of_last_moment_.clear();
    from_ += std::chrono::nanoseconds{1};
    return true;
  }
  [[nodiscard]] bool any() const noexcept {
    return !excerpt_.entries.empty() || excerpt_.unread > 0;
  }
  void BreakOff() { excerpt_.complete = false; }

 private:
  bool Add(const LokiLine& line) {
    if (line.line.size() > left_) {
      excerpt_.complete = false;
      return false;
    }
    left_ -= line.line.size();
    auto module = line.module.empty() ? std::nullopt : std::optional{ModuleId{line.module}};
    auto entry = journal::ReadEntry(line.at, std::move(module), line.line);
    if (entry) excerpt_.entries.push_back(*std::move(entry));
    else ++excerpt_.unread;
    return true;
  }

  journal::EntryTime from_;
  std::size_t left_;
  std::vector<LokiLine> of_last_moment_;
  journal::Excerpt excerpt_;
};

Result<std::vector<LokiLine>> NoMorePages() {
  return Fail(ErrorCode::kTooLarge, "there are more entries than are read");
}

}  // namespace

Result<std::vector<LokiLine>> LokiJournal::ReadPage(const journal::LogAddress& log,
                                                    const std::string& path, Deadline deadline,
                                                    const std::stop_token& stop) const {
  const auto reply = http_client::ExchangePatiently(
      {.url = log.url + path, .login = LoginAt(log), .most_bytes = manner_.most_bytes},
      manner_.patience, deadline, stop);
  if (!reply) return Fail(reply.error());
  if (reply->status != 200) return Fail(ErrorOf(*reply, log));
  return ParseStreams(reply->body);
}

Result<journal::LogAddress> LokiJournal::Find(Deadline deadline) const {
  auto log = find_log_(deadline);
  if (!log) return Fail(std::move(log.error()).While("find the cluster's log"));
  return log;
}

Result<journal::Excerpt> LokiJournal::Read(const journal::Wanted& wanted, Deadline deadline,
                                           const std::stop_token& stop) {
  const auto log = Find(deadline);
  if (!log) return Fail(log.error());
  Pages pages{wanted.from, manner_.most_total};
  std::size_t most = manner_.page;
  for (std::size_t page = 0; pages.from() < journal::EntryTime{wanted.to}; ++page) {
    const auto path = QueryPath(wanted, pages.from(), most);
    if (!path) return Fail(path.error());
    auto lines = page < manner_.most_pages ? ReadPage(*log, *path, deadline, stop) : NoMorePages();
    const bool is_too_large = !lines && lines.error().code == ErrorCode::kTooLarge;
    if (is_too_large && most > 1 && page < manner_.most_pages) {
      most = std::max<std::size_t>(1, most / 8);
      continue;
    }
    if (!lines && pages.any()) {
      pages.BreakOff();
      break;
    }
    if (!lines) return Fail(std::move(lines.error()).While("read the cluster's log"));
    const bool is_last = lines->size() < most;
    if (lines->empty() || !pages.Take(*std::move(lines), is_last)) break;
  }
  return std::move(pages).Excerpt();
}

Result<std::optional<Time>> LokiJournal::NewestEntry(NodeId node, Time from, Time to,
                                                     Deadline deadline,
                                                     const std::stop_token& stop) {
  const auto log = Find(deadline);
  if (!log) return Fail(log.error());
  auto lines = ReadPage(*log, NewestPath(node, from, to), deadline, stop);
  if (!lines) return Fail(std::move(lines.error()).While("read the cluster's log"));
  if (lines->empty()) return std::nullopt;
  return std::chrono::floor<seconds>(lines->back().at);
}

}  // namespace backup_monitor::loki
