#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/report.h"
#include "report/words/voice.h"

namespace backup_monitor {

/// Name and value of something worth knowing: "Took" "1 h 12 min (run before: 1 h 5 min)".
struct NamedValue {
  std::string name;
  std::string value;
};

/// Of a whole run: since when it fails, when it ran, how long, how big, how that differs from the run
/// before, how far back a restore would go at worst, where to. Sizes are of records without errors only.
[[nodiscard]] std::vector<NamedValue> ValuesOf(const Voice& voice, const RunSection& run);

/// Sum of the sizes of several modules, and of those that also have a size before.
struct SizeSum {
  std::uint64_t now = 0;
  int modules = 0;  ///< With a size now.
  std::uint64_t comparable_now = 0;
  std::uint64_t comparable_before = 0;
  int comparable = 0;  ///< With a size now and before.

  void Add(const ModuleLine& line);
};

/// "4.2 GB (+1.2 GB (+3 %))" without brackets in brackets; empty if no module has a size.
[[nodiscard]] std::string SizeText(const Voice& voice, const SizeSum& sum);

}  // namespace backup_monitor
