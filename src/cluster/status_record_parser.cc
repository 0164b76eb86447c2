#include "cluster/status_record_parser.h"

#include <rapidjson/reader.h>
#include <rapidjson/stream.h>

#include <cstddef>
#include <limits>
#include <string>

#include "cluster/flat_status.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kMostBytes = 65'536;
constexpr int kDeepest = 32;

// Sees the text go by: the members of the outermost object are kept, all else only counts depth.
class Members {
 public:
  [[nodiscard]] const StatusBuilder& builder() const { return builder_; }

  bool Null() { return Odd(); }
  bool Bool(bool) { return Odd(); }
  bool Int(int value) { return Put(std::int64_t{value}); }
  bool Uint(unsigned value) { return Put(std::int64_t{value}); }
  bool Int64(std::int64_t value) { return Put(value); }
  bool Uint64(std::uint64_t value) {
    if (value > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) return Odd();
    return Put(static_cast<std::int64_t>(value));
  }
  bool Double(double value) { return Put(value); }
  bool RawNumber(const char*, rapidjson::SizeType, bool) { return Odd(); }
  bool String(const char* text, rapidjson::SizeType length, bool) {
    return Put(std::string_view{text, length});
  }
  bool Key(const char* text, rapidjson::SizeType length, bool) {
    // A longer name is none of ours. The text itself is gone after this call.
    name_length_ = depth_ == 1 && length <= sizeof name_ ? length : 0;
    std::string_view{text, length}.substr(0, name_length_).copy(name_, name_length_);
    return true;
  }
  bool StartObject() { return Enter(true); }
  bool EndObject(rapidjson::SizeType) { return Leave(); }
  bool StartArray() { return Enter(false); }
  bool EndArray(rapidjson::SizeType) { return Leave(); }

 private:
  [[nodiscard]] std::string_view name() const { return {name_, name_length_}; }

  template <typename Value>
  bool Put(Value value) {
    if (depth_ == 1) builder_.Put(name(), value);
    return depth_ > 0;  // A bare value is no record.
  }
  bool Odd() {
    if (depth_ == 1) builder_.PutOdd(name());
    return depth_ > 0;
  }
  bool Enter(bool object) {
    if (depth_ == 1) builder_.PutOdd(name());
    if (depth_ == 0 && !object) return false;
    return ++depth_ <= kDeepest;
  }
  bool Leave() {
    --depth_;
    return true;
  }

  StatusBuilder builder_;
  int depth_ = 0;
  char name_[16]{};  // The longest name that counts, "total_file_count", fits exactly.
  std::size_t name_length_ = 0;
};

}  // namespace

struct StatusRecordParser::Reader {
  rapidjson::Reader json;
  std::string text;  // Parsed in place.
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
  Members members;
  std::string& text = reader_->text;
  text = json;
  rapidjson::InsituStringStream stream{text.data()};
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseInsituFlag;
  // A zero byte ends the stream too, and then it was not all.
  if (!reader_->json.Parse<kFlags>(stream, members) || stream.Tell() != json.size()) {
    return Fail(ErrorCode::kInvalidInput, "status is not a JSON object");
  }
  return members.builder().Build();
}

}  // namespace backup_monitor
