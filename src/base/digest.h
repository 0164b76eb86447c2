#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace backup_monitor {

/// A name of fixed size for text of any size: SHA-256 (FIPS 180-4), of which the first 16 bytes count.
/// Two texts that anybody can make have the same one only by an accident that does not happen.
class Digest {
 public:
  static constexpr std::size_t kHexSize = 32;

  Digest();

  /// The next part of the text.
  Digest& Add(std::string_view part);

  /// kHexSize lowercase hexadecimal digits. Once, at the end.
  [[nodiscard]] std::string Hex();

 private:
  struct Free {
    void operator()(void* context) const noexcept;
  };
  std::unique_ptr<void, Free> context_;
};

}  // namespace backup_monitor
