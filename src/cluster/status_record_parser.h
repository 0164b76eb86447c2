#pragma once

#include <memory>
#include <string_view>

#include "base/result.h"
#include "cluster/status_fields.h"

namespace backup_monitor::cluster {

/// Reads the JSON that run-backup stores of one module (layout 1 of cluster/layouts.h):
/// `{"start":1763800000,"end":1763800090,"total_size":4096,"total_file_count":12,
/// "snapshots_count":1,"errors":0}`. Unknown members are ignored; of a repeated one the last counts,
/// as in Python. One object serves many values: it keeps its memory.
class StatusRecordParser {
 public:
  StatusRecordParser();
  ~StatusRecordParser();
  StatusRecordParser(const StatusRecordParser&) = delete;
  StatusRecordParser& operator=(const StatusRecordParser&) = delete;

  /// Needs no terminating zero, and no memory on success. Nesting does not become stack depth.
  ///
  /// \return kInvalidInput if `json` is no JSON object, is over 64 KiB or nested over 32 deep, or as
  ///         StatusBuilder::Build.
  [[nodiscard]] Result<StatusFields> Parse(std::string_view json);

  /// The same by the JSON parser alone, without ReadFlatStatus before it. For comparing the two.
  [[nodiscard]] Result<StatusFields> ParseAnyJson(std::string_view json);

 private:
  struct Reader;
  std::unique_ptr<Reader> reader_;
};

}  // namespace backup_monitor::cluster
