#include "adapters/http/request_reader.h"

#include <algorithm>

namespace backup_monitor::http {
namespace {

constexpr std::string_view kHeadEnd = "\r\n\r\n";

/// No method starts so: TLS, or a binary protocol. PostedReports at once, not after a timeout.
bool CannotStartRequest(char c) { return c < 'A' || c > 'z'; }

}  // namespace

RequestReader::Step RequestReader::Next() {
  if (!has_head_) return ReadHead();
  return chunks_ ? ReadChunks() : ReadBody();
}

RequestReader::Step RequestReader::ReadHead() {
  // RFC 9112 section 2.2: empty lines before a request are skipped.
  while (buffer_.compare(used_, 2, "\r\n") == 0 && buffer_.size() - used_ >= 2) Forget(2);
  const std::string_view rest = std::string_view{buffer_}.substr(used_);
  if (rest.empty() || rest == "\r") return NeedMore{};
  if (CannotStartRequest(rest.front())) return Refuse({400, "malformed request line"});

  const auto end = rest.find(kHeadEnd, scanned_);
  // What has not ended may hold all but the last byte of its end.
  const bool too_large = end == std::string_view::npos
                             ? rest.size() > limits_.head_bytes + kHeadEnd.size() - 1
                             : end > limits_.head_bytes;
  if (too_large) return Refuse({431, "request head too large"});
  if (end == std::string_view::npos) {
    scanned_ = rest.size() - std::min(rest.size(), kHeadEnd.size() - 1);
    return NeedMore{};
  }
  auto parsed = ParseRequestHead(rest.substr(0, end + 2));
  Forget(end + kHeadEnd.size());
  if (auto* refusal = std::get_if<Refusal>(&parsed)) return Refuse(std::move(*refusal));

  head_ = std::get<RequestHead>(std::move(parsed));
  has_head_ = true;
  if (head_.body_bytes > limits_.body_bytes) return Refuse({413, "body too large"});
  if (!head_.chunked) return ReadBody();
  chunks_.emplace(limits_.body_bytes, limits_.head_bytes);
  return ReadChunks();
}

RequestReader::Step RequestReader::ReadBody() {
  if (buffer_.size() - used_ < head_.body_bytes) return WaitForBody(buffer_.size() == used_);
  const auto length = static_cast<std::size_t>(head_.body_bytes);
  auto body = buffer_.substr(used_, length);
  Forget(length);
  return Finish(std::move(body));
}

RequestReader::Step RequestReader::ReadChunks() {
  if (buffer_.size() == used_) return WaitForBody(true);
  std::size_t used = 0;
  if (auto refusal = chunks_->Read(std::string_view{buffer_}.substr(used_), used))
    return Refuse(*std::move(refusal));
  Forget(used);
  if (!chunks_->complete()) return WaitForBody(false);
  return Finish(std::move(chunks_->body()));
}

RequestReader::Step RequestReader::WaitForBody(bool nothing_came) {
  // RFC 9110 section 10.1.1: not needed once part of the body has come.
  const bool waits = head_.expects_continue && nothing_came;
  head_.expects_continue = false;
  if (waits) return SendContinue{};
  return NeedMore{};
}

RequestReader::Step RequestReader::Finish(std::string body) {
  Complete complete{std::move(head_.request), head_.keep_alive, head_.says_keep_alive};
  complete.request.body = std::move(body);
  Reset();
  return complete;
}

RequestReader::Step RequestReader::Refuse(Refusal refusal) {
  Refused refused{std::move(refusal), std::move(head_.request)};
  buffer_ = {};
  used_ = scanned_ = 0;
  Reset();
  return refused;
}

void RequestReader::Reset() {
  has_head_ = false;
  head_ = {};
  chunks_.reset();
}

void RequestReader::Forget(std::size_t bytes) {
  used_ += bytes;
  scanned_ = 0;
  if (used_ == buffer_.size()) {
    // A large body's memory is given back; that of everyday requests is used again.
    if (buffer_.capacity() > 64 * 1024) buffer_ = {};
    buffer_.clear();
    used_ = 0;
  } else if (used_ > 64 * 1024) {
    buffer_.erase(0, used_);
    used_ = 0;
  }
}

}  // namespace backup_monitor::http
