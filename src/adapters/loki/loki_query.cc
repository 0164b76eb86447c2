#include "adapters/loki/loki_query.h"

#include <algorithm>
#include <string_view>

#include "text/ascii.h"

namespace backup_monitor::loki {
namespace {

/// Of run-backup, restic beside it, systemd and the kernel. What a plan's unit writes has that unit's name in it.
constexpr std::string_view kWordsOfRoot =
    "[Bb]ackup|already running|still running|gave up retrying|restic|retention policy|Fatal: "
    "|error: "
    "|message_type|"
    "Linux version ";
/// Of module-backup and restic in it.
constexpr std::string_view kWordsOfModule =
    "module-backup|module-dump-state|module-cleanup-state|restic|Repository is "
    "present|Initializing repository|"
    "Fatal: |error: |message_type";

std::string PercentEncoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (IsAlphanumeric(c)) {
      encoded.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded.append({'%', kDigits[byte >> 4U], kDigits[byte & 15U]});
  }
  return encoded;
}

std::string Nanoseconds(journal::EntryTime at) {
  return std::to_string(at.time_since_epoch().count());
}

bool MayStandInAQuery(std::string_view id) {
  return !id.empty() &&
         std::ranges::all_of(id, [](char c) { return IsAlphanumeric(c) || c == '-' || c == '_'; });
}

}  // namespace

Result<std::string> QueryPath(const journal::Wanted& wanted, journal::EntryTime from,
                              std::size_t most) {
  const std::string module = wanted.module ? wanted.module->value() : std::string{};
  if (wanted.module && !MayStandInAQuery(module))
    return Fail(ErrorCode::kInvalidInput, "the module's id cannot stand in a query of the log");
  const std::string query = "{node_id=\"" + std::to_string(wanted.node.value()) +
                            "\",module_id=\"" + module + "\"} |~ \"" +
                            std::string{wanted.module ? kWordsOfModule : kWordsOfRoot} + "\"";
  return "/loki/api/v1/query_range?direction=forward&limit=" + std::to_string(most) +
         "&start=" + Nanoseconds(from) + "&end=" + Nanoseconds(wanted.to) +
         "&query=" + PercentEncoded(query);
}

}  // namespace backup_monitor::loki
