#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "model/cluster_view.h"

namespace backup_monitor::cluster {

/// Counts the modules of one look, so that a module found twenty thousand times is not named so often.
enum class ModuleNumber : std::uint32_t {};

/// The modules of the cluster while a look goes on.
class ModuleTable {
 public:
  /// Adds a module, or returns the one of that id.
  ModuleNumber Add(std::string_view id, std::optional<NodeId> node);

  [[nodiscard]] std::optional<ModuleNumber> Find(std::string_view id) const;
  [[nodiscard]] Module& operator[](ModuleNumber number) { return modules_[Index(number)]; }
  [[nodiscard]] const Module& operator[](ModuleNumber number) const {
    return modules_[Index(number)];
  }
  [[nodiscard]] std::size_t size() const noexcept { return modules_.size(); }

  [[nodiscard]] std::map<ModuleId, Module> Take() &&;

  static std::size_t Index(ModuleNumber number) noexcept {
    return static_cast<std::size_t>(number);
  }

 private:
  std::deque<Module> modules_;  // Never moves: the names below are views of its ids.
  std::unordered_map<std::string_view, ModuleNumber> numbers_;
};

}  // namespace backup_monitor::cluster
