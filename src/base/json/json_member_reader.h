#pragma once

#include <rapidjson/reader.h>
#include <rapidjson/stream.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace backup_monitor {

/// Reads the members of one JSON object as they go by, without building values. One object serves many texts: it
/// keeps its memory.
class JsonMemberReader {
 public:
  /// What is nested deeper is refused.
  static constexpr int kDeepest = 32;
  /// The longest name that `sink` is given; a longer one comes as an empty one.
  static constexpr std::size_t kLongestName = 64;

  /// Calls for each member of the outermost object `sink.Put(name, value)` with an `std::int64_t`, a `double` or a
  /// `std::string_view`, or `sink.PutOdd(name)` for every other value. Nesting does not become depth on the stack.
  /// Bytes that are no UTF-8 are kept as they are.
  ///
  /// \return false if `json` is not JSON, no object or nested too deep; `sink` has some members then
  template <typename Sink>
  [[nodiscard]] bool Read(std::string_view json, Sink& sink) {
    text_ = json;
    rapidjson::InsituStringStream stream{text_.data()};
    Events<Sink> events{sink};
    constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseInsituFlag;
    // A null byte ends the stream too, and then it was not all.
    return reader_.Parse<kFlags>(stream, events) && stream.Tell() == json.size();
  }

 private:
  /// Members of the outermost object are passed on, all else only counts depth.
  template <typename Sink>
  class Events {
   public:
    explicit Events(Sink& sink) : sink_{sink} {}

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
      // The text itself is gone after this call.
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
      if (depth_ == 1) sink_.Put(name(), value);
      return depth_ > 0;  // A bare value is no object.
    }
    bool Odd() {
      if (depth_ == 1) sink_.PutOdd(name());
      return depth_ > 0;
    }
    bool Enter(bool object) {
      if (depth_ == 1) sink_.PutOdd(name());
      if (depth_ == 0 && !object) return false;
      return ++depth_ <= kDeepest;
    }
    bool Leave() {
      --depth_;
      return true;
    }

    Sink& sink_;
    int depth_ = 0;
    char name_[kLongestName]{};
    std::size_t name_length_ = 0;
  };

  rapidjson::Reader reader_;
  std::string text_;  // Parsed in place.
};

}  // namespace backup_monitor
