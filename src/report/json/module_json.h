#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/json/json_writer.h"
#include "report/facts/report_facts.h"
#include "report/words/explanation.h"

namespace backup_monitor::report::json {

/// One module of a run, as an object.
///
/// \param words  nullptr: without sentences
void WriteModule(JsonWriter& json, const ModuleFacts& facts, const words::ModuleWords* words);

/// A member: the seconds, or null.
void WriteSeconds(JsonWriter& json, std::string_view name, const std::optional<seconds>& value);

/// The members `node`, null if not known, and `node_name`.
void WriteNode(JsonWriter& json, const std::optional<NodeId>& node, const std::string& name);

/// A member: the list of the texts.
void WriteTexts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts);

}  // namespace backup_monitor::report::json
