#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace backup_monitor::cluster {

/// Read commands that go out together. There is no way to put a writing one in, nor `KEYS`.
class ReadBatch {
 public:
  /// GET: kText or kNil.
  void Text(std::string_view key) { Add({"GET", key}); }
  /// MGET: a kList, kNil where the key is missing or holds another type.
  void Texts(std::span<const std::string> keys);
  /// HGETALL: a kList of fields and values in turn, empty where there is no such key.
  void Hash(std::string_view key) { Add({"HGETALL", key}); }
  /// HMGET: a kList as long as `fields`, kNil where a field is missing.
  void Fields(std::string_view key, std::initializer_list<std::string_view> fields);
  /// SMEMBERS: a kList in no order.
  void Members(std::string_view key) { Add({"SMEMBERS", key}); }
  /// SISMEMBER: kNumber 1 or 0.
  void HasMember(std::string_view key, std::string_view member) { Add({"SISMEMBER", key, member}); }
  /// SCAN: a kList of the next cursor (kText, "0" at the end) and a kList of key names, of which
  /// some may come twice. `count`: how much of the key space one step covers.
  void Scan(std::string_view cursor, std::string_view pattern, std::uint32_t count);

  [[nodiscard]] std::size_t size() const noexcept { return commands_.size(); }
  [[nodiscard]] bool empty() const noexcept { return commands_.empty(); }
  /// How many words command `index` has, its name included.
  [[nodiscard]] std::size_t word_count(std::size_t index) const noexcept;
  /// Word `word` of command `index`; word 0 is the command's name.
  [[nodiscard]] std::string_view word(std::size_t index, std::size_t word) const noexcept;

 private:
  void Add(std::initializer_list<std::string_view> words);
  void Begin() { commands_.push_back(word_ends_.size()); }
  void AddWord(std::string_view word);

  std::string text_;                    // All words, one after another: few allocations.
  std::vector<std::size_t> word_ends_;  // Where each word ends in text_.
  std::vector<std::size_t> commands_;   // Each command's first word.
};

}  // namespace backup_monitor::cluster
