#include "cluster/status_record_parser.h"

#include <cstddef>

#include "base/json/json_member_reader.h"
#include "cluster/flat_status.h"

namespace backup_monitor::cluster {
namespace {

constexpr std::size_t kMostBytes = 65'536;

}  // namespace

struct StatusRecordParser::Reader {
  JsonMemberReader json;
};

StatusRecordParser::StatusRecordParser() : reader_{std::make_unique<Reader>()} {}
StatusRecordParser::~StatusRecordParser() = default;

Result<StatusFields> StatusRecordParser::Parse(std::string_view json) {
  if (json.size() > kMostBytes) {
    return Fail(ErrorCode::kInvalidInput, "status is longer than 64 KiB");
  }
  StatusBuilder flat;
  if (ReadFlatStatus(json, flat)) return flat.Build();
  return ParseAnyJson(json);
}

Result<StatusFields> StatusRecordParser::ParseAnyJson(std::string_view json) {
  StatusBuilder members;
  if (!reader_->json.Read(json, members)) {
    return Fail(ErrorCode::kInvalidInput, "status is not a JSON object");
  }
  return members.Build();
}

}  // namespace backup_monitor::cluster
