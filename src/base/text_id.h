#pragma once

#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace backup_monitor {

/// An identifier that is text at its source. `Tag` keeps a plan from being taken for a module.
template <typename Tag>
class TextId {
 public:
  TextId() = default;
  explicit TextId(std::string value) : value_{std::move(value)} {}

  [[nodiscard]] const std::string& value() const noexcept { return value_; }
  [[nodiscard]] bool empty() const noexcept { return value_.empty(); }

  friend auto operator<=>(const TextId&, const TextId&) = default;

 private:
  std::string value_;
};

}  // namespace backup_monitor

template <typename Tag>
struct std::hash<backup_monitor::TextId<Tag>> {
  std::size_t operator()(const backup_monitor::TextId<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.value());
  }
};
