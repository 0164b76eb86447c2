#include "cluster/flat_status.h"

#include <cstddef>
#include <cstdint>

#include "text/ascii.h"

namespace backup_monitor::cluster {
namespace {

constexpr std::ptrdiff_t kMostDigits = 18;  // All such numbers fit in 64 bits.

// Takes a text apart from its front.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : at_{text.data()}, end_{text.data() + text.size()} {}

  bool Consume(char wanted) noexcept {
    SkipSpace();
    if (at_ == end_ || *at_ != wanted) return false;
    ++at_;
    return true;
  }

  bool AtEnd() noexcept {
    SkipSpace();
    return at_ == end_;
  }

  // A string without escapes; `name` gets what is between the quotes.
  bool ReadName(std::string_view& name) noexcept {
    if (!Consume('"')) return false;
    const char* const begin = at_;
    while (at_ != end_ && *at_ != '"') {
      if (*at_ == '\\' || static_cast<unsigned char>(*at_) < 0x20) return false;
      ++at_;
    }
    name = {begin, static_cast<std::size_t>(at_ - begin)};
    return Consume('"');
  }

  // Digits without sign, fraction, exponent or leading zero.
  bool ReadCount(std::int64_t& count) noexcept {
    SkipSpace();
    const char* const begin = at_;
    count = 0;
    while (at_ != end_ && IsDigit(*at_) && at_ - begin < kMostDigits) {
      count = count * 10 + (*at_++ - '0');
    }
    return at_ - begin == 1 || (at_ - begin > 1 && *begin != '0');
  }

 private:
  void SkipSpace() noexcept {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
  }

  const char* at_;
  const char* end_;
};

}  // namespace

bool ReadFlatStatus(std::string_view json, StatusBuilder& builder) noexcept {
  Scanner scanner{json};
  if (!scanner.Consume('{')) return false;
  do {
    std::string_view name;
    std::int64_t count = 0;
    if (!scanner.ReadName(name) || !scanner.Consume(':') || !scanner.ReadCount(count)) return false;
    builder.Put(name, count);
  } while (scanner.Consume(','));
  return scanner.Consume('}') && scanner.AtEnd();
}

}  // namespace backup_monitor::cluster
