#pragma once

#include <string>
#include <utility>

namespace backup_monitor {

/// Text that must not be shown: it has no formatter, no stream operator and no comparison that
/// prints. The only way out is Reveal(), so a search for that word finds every use.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_{std::move(text)} {}

  [[nodiscard]] const std::string& Reveal() const noexcept { return text_; }
  [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

 private:
  std::string text_;
};

}  // namespace backup_monitor
