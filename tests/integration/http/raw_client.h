#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace backup_monitor::testing {

/// One answer as it came over the wire.
struct WireAnswer {
  int status = 0;  ///< 0: none came within the deadline, or the peer closed first.
  std::string head;
  std::string body;
};

/// A peer that sends any bytes it is told to. Nothing waits longer than 10 s.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  /// Sends all, or as much as the peer takes before it closes. \return false if it has closed.
  bool Send(std::string_view bytes);
  void EndSending();
  /// \param head_only the answer to a HEAD: no body follows, whatever its length says.
  WireAnswer Receive(bool head_only = false);
  /// Waits until an answer has begun to come, and takes nothing of it.
  bool WaitForAnswer() const;
  /// True once the peer has closed; what comes before is thrown away.
  bool WaitForClose();
  void Close();

 private:
  bool Wait(short events) const;
  bool ReceiveMore();

  int fd_ = -1;
  std::string received_;
};

/// A POST of JSON with its length.
std::string PostText(const std::string& path, const std::string& body,
                     const std::string& more_headers = {});

/// Waits until `condition` holds, at most 10 s. \return whether it does.
bool Eventually(const std::function<bool()>& condition);

/// Descriptors that this process has open.
int OpenDescriptors();

}  // namespace backup_monitor::testing
