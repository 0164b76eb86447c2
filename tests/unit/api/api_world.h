#pragma once

#include <optional>
#include <string>
#include <utility>

#include "app/api/api.h"
#include "base/json/json_value.h"
#include "catch.h"
#include "fakes/fake_archive.h"
#include "fakes/fake_clock.h"
#include "fakes/fake_inbox.h"

namespace backup_monitor::testing {

/// An Api on fakes.
struct ApiWorld {
  explicit ApiWorld(app::api::ApiSettings settings = {})
      : api{WithNames(std::move(settings)), Collaborators()} {}

  /// The answer, which must have come before this returns.
  http::HttpAnswer Ask(const http::HttpRequest& request) {
    std::optional<http::HttpAnswer> given;
    api.Handle(request, [&given](http::HttpAnswer answer) { given = std::move(answer); });
    REQUIRE(given);
    if (given->content_type == "application/json") {
      REQUIRE(ParseJson(given->body));
    }
    return *given;
  }
  http::HttpAnswer Get(const std::string& path, const std::string& query = {}) {
    http::HttpRequest request;
    request.host.name = "localhost";
    request.method = "GET";
    request.path = path;
    request.query = query;
    return Ask(request);
  }
  static http::HttpRequest Posting(const std::string& path, const std::string& body) {
    http::HttpRequest request;
    request.host.name = "localhost";
    request.method = "POST";
    request.path = path;
    request.content_type = "application/json";
    request.body = body;
    return request;
  }
  http::HttpAnswer Post(const std::string& path, const std::string& body) {
    return Ask(Posting(path, body));
  }

  [[nodiscard]] bool Counted(const std::string& kind, const std::string& answer, int amount) const {
    const std::string line = "backup_monitor_triggers_total{kind=\"" + kind + "\",answer=\"" +
                             answer + "\"} " + std::to_string(amount) + "\n";
    return metrics.Expose().find(line) != std::string::npos;
  }
  std::vector<Trigger> Stored() { return *inbox.Pending(); }

  FakeInbox inbox;
  FakeArchive archive;
  Metrics metrics;
  FakeClock clock;
  int wakes = 0;
  int relay_changes = 0;
  int sent_again = 0;
  std::string store_error;                               ///< Why nothing can be stored.
  std::vector<std::optional<Language>> asked_languages;  ///< For each run described.
  int measured = 0;                                      ///< Before metrics were shown.
  bool readers_wait = false;                             ///< Too many: no more jobs are taken.
  app::api::Api api;

 private:
  static app::api::ApiSettings WithNames(app::api::ApiSettings settings) {
    settings.alert_names = {"NethServerBackupFailed", "BackupFailed"};
    return settings;
  }
  app::api::ApiCollaborators Collaborators() {
    return {inbox,
            archive,
            metrics,
            clock,
            [this] { ++wakes; },
            [this] { ++relay_changes; },
            [] { return std::string{R"({"plans":2})"}; },
            [] { return std::string{R"({"overview":true})"}; },
            [this](const Run& run,
                   std::optional<Language> language) -> Result<announcement::StoredReport> {
              asked_languages.push_back(language);
              return announcement::ReportOnStored(run, language, archive, nullptr,
                                                  Time{seconds{2100}});
            },
            [this](MessageId message) -> Result<void> {
              if (message != MessageId{5}) return Fail(ErrorCode::kNotFound, "no such message");
              ++sent_again;
              return {};
            },
            [this](const std::function<void()>& job) {
              if (!readers_wait) job();
              return !readers_wait;
            },
            [this]() -> Result<void> {
              if (store_error.empty()) return {};
              return Fail(ErrorCode::kUnavailable, store_error);
            },
            [this] { ++measured; }};
  }
};

inline constexpr const char* kSmallestAlert =
    R"({"alerts":[{"status":"firing","labels":{"alertname":"NethServerBackupFailed"}}]})";

}  // namespace backup_monitor::testing
