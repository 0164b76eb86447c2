#include "adapters/loki/loki_query.h"

#include <string_view>

#include "text/percent_encoded.h"

namespace backup_monitor::loki {
namespace {

// In a line, the JSON of an entry's fields, these stand as the collector writes them: without blanks.

/// What the units of the plans and of the node's agent write, what systemd says of the former, and a start of the node.
constexpr std::string_view kOfRoot =
    R"("_SYSTEMD_UNIT":"(backup[0-9]+|agent@node)\.service"|"UNIT":"backup[0-9]+\.service"|)"
    R"("MESSAGE":"Linux version )";
/// What module-backup says, and restic in it.
constexpr std::string_view kOfModule =
    R"("MESSAGE":"(\[ERROR\] |Fatal: |error: |unable to create lock|Repository is present|)"
    R"(Initializing repository|Another module-backup|\{.*message_type))";

std::string Nanoseconds(journal::EntryTime at) {
  return std::to_string(at.time_since_epoch().count());
}

}  // namespace

Result<std::string> QueryPath(const journal::Wanted& wanted, journal::EntryTime from,
                              std::size_t most) {
  const std::string module = wanted.module ? wanted.module->value() : std::string{};
  if (wanted.module && !IsModuleId(module))
    return Fail(ErrorCode::kInvalidInput, "the module's id cannot stand in a query of the log");
  const std::string query = "{node_id=\"" + std::to_string(wanted.node.value()) +
                            "\",module_id=\"" + module + "\"} |~ `" +
                            std::string{wanted.module ? kOfModule : kOfRoot} + "`";
  return "/loki/api/v1/query_range?direction=forward&limit=" + std::to_string(most) +
         "&start=" + Nanoseconds(from) + "&end=" + Nanoseconds(wanted.to) +
         "&query=" + PercentEncoded(query);
}

}  // namespace backup_monitor::loki
