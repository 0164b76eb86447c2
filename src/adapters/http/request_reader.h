#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "adapters/http/chunked_body.h"
#include "adapters/http/request_head.h"

namespace backup_monitor::http {

/// Cuts a connection's bytes into requests. Pure: no socket, no clock.
class RequestReader {
 public:
  struct Limits {
    std::size_t head_bytes = 16 * 1024;  ///< More is a 431. Trailers may have as much again.
    /// A larger Content-Length is a 413 before any body byte, a larger chunk before its first one.
    std::uint64_t body_bytes = 1'048'576;
  };
  struct NeedMore {};
  struct SendContinue {};  ///< The peer waits for "100 Continue". Comes once per request.
  struct Complete {
    HttpRequest request;
    bool keep_alive = true;
    bool says_keep_alive = false;
  };
  struct Refused {
    Refusal refusal;
    HttpRequest request;  ///< What was understood of it: empty, or without body.
  };
  /// After Refused the stream has no known boundary any more: answer and close.
  using Step = std::variant<NeedMore, SendContinue, Complete, Refused>;

  explicit RequestReader(Limits limits) : limits_{limits} {}

  void Append(std::string_view bytes) { buffer_.append(bytes); }
  [[nodiscard]] Step Next();

  /// Bytes were given that belong to a request not yet complete.
  [[nodiscard]] bool in_request() const noexcept { return has_head_ || used_ < buffer_.size(); }
  [[nodiscard]] std::size_t buffered_bytes() const noexcept {
    return buffer_.size() + (chunks_ ? chunks_->buffered_bytes() : 0);
  }

 private:
  Step ReadHead();
  Step ReadBody();
  Step ReadChunks();
  Step WaitForBody(bool nothing_came);
  Step Finish(std::string body);
  Step Refuse(Refusal refusal);
  void Reset();
  void Forget(std::size_t bytes);

  Limits limits_;
  std::string buffer_;
  std::size_t used_ = 0;     ///< Bytes at the front that belong to finished requests.
  std::size_t scanned_ = 0;  ///< From `used_` on: no head end before here.
  bool has_head_ = false;
  RequestHead head_;
  std::optional<ChunkedBody> chunks_;  ///< While a chunked body is read.
};

}  // namespace backup_monitor::http
