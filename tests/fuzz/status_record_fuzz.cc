// The JSON that run-backup stores. Besides not crashing, the quick reader and the JSON parser must
// agree on whatever the quick one takes.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cluster/status_record_parser.h"

namespace {

using backup_monitor::Result;
using backup_monitor::StatusFields;

bool Same(const Result<StatusFields>& a, const Result<StatusFields>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->start == b->start && a->end == b->end && a->error_count == b->error_count &&
         a->restore_bytes == b->restore_bytes && a->file_count == b->file_count &&
         a->snapshot_count == b->snapshot_count;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static backup_monitor::StatusRecordParser parser;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto read = parser.Parse(text);
  if (text.size() <= 65'536 && !Same(read, parser.ParseAnyJson(text))) std::abort();
  return 0;
}
