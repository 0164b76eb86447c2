#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/http/refusal.h"

namespace backup_monitor::http {

/// Takes the chunked transfer coding off one body (RFC 9112 section 7.1), strictly and in whatever
/// pieces the bytes come. Extensions and trailers are checked, bounded and ignored, as a recipient
/// may do that does not know them (sections 7.1.1 and 7.1.2).
class ChunkedBody {
 public:
  /// \param most_body_bytes  of all chunks together; a larger one is a 413 as soon as its size is read.
  /// \param most_trailer_bytes  of all trailer lines together; more is a 431.
  ChunkedBody(std::uint64_t most_body_bytes, std::size_t most_trailer_bytes)
      : most_body_bytes_{most_body_bytes}, most_trailer_bytes_{most_trailer_bytes} {}

  /// Reads from the front of `bytes`; what it has not used must come again, with more behind it.
  ///
  /// \param used  set to the bytes that need not come again.
  /// \return 400, 413 or 431, after which this must not be used any more.
  [[nodiscard]] std::optional<Refusal> Read(std::string_view bytes, std::size_t& used);

  [[nodiscard]] bool complete() const noexcept { return state_ == State::kComplete; }
  [[nodiscard]] std::string& body() noexcept { return body_; }
  [[nodiscard]] std::size_t buffered_bytes() const noexcept { return body_.size(); }

 private:
  enum class State { kSize, kData, kDataEnd, kTrailer, kComplete };

  [[nodiscard]] std::optional<Refusal> ReadLine(std::string_view line);
  [[nodiscard]] std::optional<Refusal> ReadSize(std::string_view line);
  [[nodiscard]] std::optional<Refusal> ReadTrailer(std::string_view line);
  [[nodiscard]] std::size_t LongestLine() const noexcept;

  std::uint64_t most_body_bytes_;
  std::size_t most_trailer_bytes_;
  State state_ = State::kSize;
  std::uint64_t chunk_left_ = 0;  ///< Of the present chunk's data, still to come.
  std::size_t extension_bytes_ = 0;
  std::size_t trailer_bytes_ = 0;
  std::string body_;
};

}  // namespace backup_monitor::http
