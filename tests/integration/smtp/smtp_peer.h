#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "model/smarthost.h"

namespace backup_monitor::testing {

/// A folder of its own below the system's temporary one, gone at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

/// A running smtp_peer.py on a free port of loopback, ended with this object.
class SmtpPeer {
 public:
  explicit SmtpPeer(Encryption encryption = Encryption::kNone);
  ~SmtpPeer();
  SmtpPeer(const SmtpPeer&) = delete;
  SmtpPeer& operator=(const SmtpPeer&) = delete;

  /// JSON, as smtp_peer.py describes. For connections made from now on.
  void SetRules(std::string_view json);

  /// The peer as a relay that trusts nothing unasked: "localhost", certificate checked.
  [[nodiscard]] Smarthost relay() const;
  [[nodiscard]] std::string ca_bundle() const { return folder_.path() / "tls/cert.pem"; }

  /// The bytes of all mails received, in order.
  [[nodiscard]] std::vector<std::string> Mails() const;
  /// The peer's log so far, JSON lines.
  [[nodiscard]] std::string Log() const;
  /// Waits until `text` is in the log or 5 s are over.
  [[nodiscard]] bool WaitForLog(std::string_view text) const;

 private:
  TemporaryFolder folder_;
  Encryption encryption_;
  int process_ = 0;
  int input_ = -1;  ///< Closing it ends the peer.
  std::uint16_t port_ = 0;
};

[[nodiscard]] std::string ReadFile(const std::filesystem::path& file);

}  // namespace backup_monitor::testing
