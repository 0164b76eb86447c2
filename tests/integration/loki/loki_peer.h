#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "adapters/loki/loki_journal.h"

namespace backup_monitor::testing {

/// A running tests/ns8/loki.py, ended with this object.
class LokiPeer {
 public:
  struct Line {
    std::int64_t nanoseconds;
    std::string module;  ///< Empty: no label.
    std::string line;
  };

  LokiPeer();
  ~LokiPeer();
  LokiPeer(const LokiPeer&) = delete;
  LokiPeer& operator=(const LokiPeer&) = delete;

  /// As a node's collector ships them.
  void Push(const std::string& node, const std::vector<Line>& lines);
  /// One with another label beside.
  void PushLabelled(const std::string& node, const std::string& label, const std::string& value,
                    const Line& line);
  /// JSON, as loki.py describes.
  void SetRules(const std::string& json) { (void)Tell("/test/rules", json); }
  /// The queries that came since, one a line.
  [[nodiscard]] std::string Asked() { return Tell("/test/asked", {}); }

  [[nodiscard]] journal::LogAddress address() const { return {url(), "loki", Secret{"shoe43"}}; }

 private:
  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + port_; }
  std::string Tell(const std::string& path, const std::string& body);

  std::FILE* process_ = nullptr;
  std::string port_;
};

}  // namespace backup_monitor::testing
