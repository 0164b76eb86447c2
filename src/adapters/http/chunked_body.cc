#include "adapters/http/chunked_body.h"

#include <algorithm>
#include <charconv>

#include "adapters/http/field_line.h"

namespace backup_monitor::http {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::size_t kMostSizeDigits = 16;
constexpr std::size_t kMostExtensionBytes = 1024;  // of all chunks together: nobody here reads any

Refusal Malformed() { return {400, "malformed chunked body"}; }

}  // namespace

std::optional<Refusal> ChunkedBody::Read(std::string_view bytes, std::size_t& used) {
  used = 0;
  while (!complete()) {
    const auto rest = bytes.substr(used);
    if (state_ == State::kData) {
      const auto taken = std::min<std::uint64_t>(chunk_left_, rest.size());
      body_.append(rest.substr(0, static_cast<std::size_t>(taken)));
      used += static_cast<std::size_t>(taken);
      chunk_left_ -= taken;
      if (chunk_left_ > 0) return std::nullopt;
      state_ = State::kDataEnd;
      continue;
    }
    const auto end = rest.find(kLineEnd);
    if (std::min(end, rest.size()) > LongestLine()) {
      return state_ == State::kTrailer ? Refusal{431, "trailers too large"} : Malformed();
    }
    if (end == std::string_view::npos) return std::nullopt;
    used += end + kLineEnd.size();
    if (auto refusal = ReadLine(rest.substr(0, end))) return refusal;
  }
  return std::nullopt;
}

/// A line not yet ended may hold the first byte of its end.
std::size_t ChunkedBody::LongestLine() const noexcept {
  if (state_ == State::kDataEnd) return 1;
  if (state_ == State::kTrailer) return most_trailer_bytes_ - trailer_bytes_ + 1;
  return kMostSizeDigits + kMostExtensionBytes - extension_bytes_ + 1;
}

std::optional<Refusal> ChunkedBody::ReadLine(std::string_view line) {
  if (state_ == State::kSize) return ReadSize(line);
  if (state_ == State::kTrailer) return ReadTrailer(line);
  state_ = State::kSize;
  return line.empty() ? std::nullopt : std::optional{Malformed()};
}

std::optional<Refusal> ChunkedBody::ReadSize(std::string_view line) {
  const auto digits = line.find_first_not_of("0123456789abcdefABCDEF");
  const auto size = line.substr(0, std::min(digits, line.size()));
  const auto extension = Trimmed(line.substr(size.size()));
  if (size.empty() || size.size() > kMostSizeDigits) return Malformed();
  if (line.size() > size.size() && (extension.empty() || extension.front() != ';'))
    return Malformed();
  if (!std::all_of(extension.begin(), extension.end(), IsFieldByte)) return Malformed();
  extension_bytes_ += line.size() - size.size();
  if (extension_bytes_ > kMostExtensionBytes) return Malformed();

  std::from_chars(size.data(), size.data() + size.size(), chunk_left_, 16);  // 64 bits at most
  if (chunk_left_ > most_body_bytes_ - body_.size()) return Refusal{413, "body too large"};
  state_ = chunk_left_ == 0 ? State::kTrailer : State::kData;
  return std::nullopt;
}

std::optional<Refusal> ChunkedBody::ReadTrailer(std::string_view line) {
  if (line.empty()) {
    state_ = State::kComplete;
    return std::nullopt;
  }
  if (line.size() > most_trailer_bytes_ - trailer_bytes_) return Refusal{431, "trailers too large"};
  trailer_bytes_ += line.size();
  return ParseFieldLine(line) ? std::nullopt : std::optional{Malformed()};
}

}  // namespace backup_monitor::http
