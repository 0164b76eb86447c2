#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "cluster/key_reader.h"

namespace backup_monitor::testing {

/// A Redis held in memory. Tests say which keys it holds and how it feels.
class FakeRedis {
 public:
  using Hash = std::map<std::string, std::string>;
  using Set = std::set<std::string>;

  void SetText(const std::string& key, std::string value) { keys_[key] = std::move(value); }
  void SetField(const std::string& key, const std::string& field, std::string value) {
    Held<Hash>(key)[field] = std::move(value);
  }
  void AddMember(const std::string& key, std::string member) {
    Held<Set>(key).insert(std::move(member));
  }
  void RemoveField(const std::string& key, const std::string& field) {
    Held<Hash>(key).erase(field);
    if (Held<Hash>(key).empty()) keys_.erase(key);
  }
  void Remove(const std::string& key) { keys_.erase(key); }
  void Clear() { keys_.clear(); }

  /// From now on it cannot be reached, or answers with this. std::nullopt heals it.
  void SetOutage(std::optional<Error> outage) { outage_ = std::move(outage); }
  void Down() { SetOutage(Error{ErrorCode::kUnavailable, "connection refused"}); }
  void Load() { SetOutage(Error{ErrorCode::kUnavailable, "redis answered: LOADING"}); }
  /// Goes down by itself after so many more round trips.
  void DownAfter(std::size_t reads) { last_read_ = reads_ + reads; }
  /// How many keys one SCAN step covers at most, whatever was asked.
  void SetScanStep(std::size_t keys) { scan_step_ = keys; }

  /// Round trips since it was made, connecting not counted.
  [[nodiscard]] std::size_t reads() const noexcept { return reads_; }

  /// A way to it. The fake must outlive it.
  [[nodiscard]] std::unique_ptr<cluster::KeySource> Source() {
    return std::make_unique<Way>(*this);
  }

 private:
  using Value = std::variant<std::string, Hash, Set>;

  class Conversation final : public cluster::KeyReader {
   public:
    explicit Conversation(FakeRedis& redis) : redis_{redis} {}
    Result<void> Read(const cluster::ReadBatch& batch,
                      const cluster::ReplyHandler& handler) override {
      if (!redis_.outage_ && redis_.reads_ >= redis_.last_read_) redis_.Down();
      if (redis_.outage_) error_ = redis_.outage_;
      if (error_) return Fail(*error_);
      ++redis_.reads_;
      for (std::size_t i = 0; i < batch.size(); ++i) redis_.Answer(batch, i, handler);
      return {};
    }

   private:
    FakeRedis& redis_;
    std::optional<Error> error_;  // Once failed, always failed: a new conversation is needed.
  };

  class Way final : public cluster::KeySource {
   public:
    explicit Way(FakeRedis& redis) : redis_{redis} {}
    Result<std::unique_ptr<cluster::KeyReader>> Open(Deadline) override {
      if (redis_.outage_) return Fail(*redis_.outage_);
      return std::make_unique<Conversation>(redis_);
    }

   private:
    FakeRedis& redis_;
  };

  template <typename Type>
  Type& Held(const std::string& key) {
    Value& value = keys_[key];
    if (!std::holds_alternative<Type>(value)) value = Type{};
    return std::get<Type>(value);
  }
  static cluster::Reply Text(std::string_view text) {
    return {.kind = cluster::Reply::Kind::kText, .text = text, .items = {}};
  }
  static cluster::Reply List(const std::vector<cluster::Reply>& items) {
    return {.kind = cluster::Reply::Kind::kList, .text = {}, .items = items};
  }

  // The value of that type; null if there is none, and then `wrong` says whether of another type.
  template <typename Type>
  const Type* Find(std::string_view key, bool& wrong) const {
    const auto found = keys_.find(std::string{key});
    if (found == keys_.end()) return nullptr;
    const Type* const value = std::get_if<Type>(&found->second);
    wrong = value == nullptr;
    return value;
  }

  void Answer(const cluster::ReadBatch& batch, std::size_t i,
              const cluster::ReplyHandler& handler) const {
    const std::string_view command = batch.word(i, 0);
    const std::string_view key = batch.word(i, 1);
    bool wrong = false;
    std::vector<cluster::Reply> items;
    cluster::Reply reply;
    if (command == "GET") {
      if (const auto* text = Find<std::string>(key, wrong)) reply = Text(*text);
    } else if (command == "MGET") {
      for (std::size_t word = 1; word < batch.word_count(i); ++word) {
        bool other = false;
        const auto* text = Find<std::string>(batch.word(i, word), other);
        items.push_back(text != nullptr ? Text(*text) : cluster::Reply{});
      }
      reply = List(items);
    } else if (command == "HGETALL") {
      if (const auto* hash = Find<Hash>(key, wrong)) {
        for (const auto& [field, value] : *hash)
          items.insert(items.end(), {Text(field), Text(value)});
      }
      reply = List(items);
    } else if (command == "HMGET") {
      const auto* hash = Find<Hash>(key, wrong);
      for (std::size_t word = 2; word < batch.word_count(i); ++word) {
        items.push_back(Field(hash, batch.word(i, word)));
      }
      reply = List(items);
    } else if (command == "SMEMBERS") {
      if (const auto* set = Find<Set>(key, wrong)) {
        for (const auto& member : *set) items.push_back(Text(member));
      }
      reply = List(items);
    } else if (command == "SISMEMBER") {
      const auto* set = Find<Set>(key, wrong);
      reply.kind = cluster::Reply::Kind::kNumber;
      reply.number = set != nullptr && set->contains(std::string{batch.word(i, 2)}) ? 1 : 0;
    } else if (command == "SCAN") {
      Scan(batch, i, handler);
      return;
    }
    if (wrong)
      reply = cluster::Reply{.kind = cluster::Reply::Kind::kWrongType, .text = {}, .items = {}};
    handler(i, reply);
  }

  static cluster::Reply Field(const Hash* hash, std::string_view name) {
    if (hash == nullptr) return {};
    const auto found = hash->find(std::string{name});
    return found == hash->end() ? cluster::Reply{} : Text(found->second);
  }

  void Scan(const cluster::ReadBatch& batch, std::size_t i,
            const cluster::ReplyHandler& handler) const {
    const std::size_t from = std::stoul(std::string{batch.word(i, 1)});
    const std::size_t step = std::min(scan_step_, std::stoul(std::string{batch.word(i, 5)}));
    const std::size_t to = std::min(from + step, keys_.size());
    const std::string next = to < keys_.size() ? std::to_string(to) : "0";
    std::vector<cluster::Reply> names;
    auto key = std::next(keys_.begin(), static_cast<std::ptrdiff_t>(std::min(from, keys_.size())));
    for (std::size_t at = from; at < to; ++at, ++key) {
      if (Matches(key->first, batch.word(i, 3))) names.push_back(Text(key->first));
    }
    const std::vector<cluster::Reply> pair{Text(next), List(names)};
    handler(i, List(pair));
  }

  // Of Redis' patterns only the star.
  static bool Matches(std::string_view text, std::string_view pattern) {
    if (pattern.empty()) return text.empty();
    if (pattern.front() == '*') {
      return Matches(text, pattern.substr(1)) ||
             (!text.empty() && Matches(text.substr(1), pattern));
    }
    return !text.empty() && text.front() == pattern.front() &&
           Matches(text.substr(1), pattern.substr(1));
  }

  std::map<std::string, Value> keys_;
  std::optional<Error> outage_;
  std::size_t reads_ = 0;
  std::size_t last_read_ = static_cast<std::size_t>(-1);
  std::size_t scan_step_ = static_cast<std::size_t>(-1);
};

}  // namespace backup_monitor::testing
