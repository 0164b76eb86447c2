// What NS8 stores of a cluster: the JSON of run-backup, of which the quick reader and the JSON parser must agree on
// whatever the quick one takes; the list of a plan's modules; the number of a node.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "cluster/plan_book.h"
#include "cluster/status_record_parser.h"
#include "model/ids.h"

namespace {

using backup_monitor::Result;
using backup_monitor::cluster::StatusFields;

bool Same(const Result<StatusFields>& a, const Result<StatusFields>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->start == b->start && a->end == b->end && a->error_count == b->error_count &&
         a->restore_bytes == b->restore_bytes && a->file_count == b->file_count &&
         a->snapshot_count == b->snapshot_count;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static backup_monitor::cluster::StatusRecordParser parser;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto read = parser.Parse(text);
  std::size_t bytes = 0;
  for (const std::string_view word : backup_monitor::cluster::SplitWords(text))
    bytes += 1 + word.size();
  if (bytes > size + 1 || bytes == 1) std::abort();
  const auto node = backup_monitor::NodeId::Parse(text);
  if (node && std::to_string(node->value()) != text.substr(text.find_first_not_of('0')))
    std::abort();
  if (text.size() <= 65'536 && !Same(read, parser.ParseAnyJson(text))) std::abort();
  return 0;
}
