#include "cluster/read_batch.h"

namespace backup_monitor::cluster {

void ReadBatch::Texts(std::span<const std::string> keys) {
  Begin();
  AddWord("MGET");
  for (const std::string& key : keys) AddWord(key);
}

void ReadBatch::Fields(std::string_view key, std::initializer_list<std::string_view> fields) {
  Begin();
  AddWord("HMGET");
  AddWord(key);
  for (const std::string_view field : fields) AddWord(field);
}

void ReadBatch::Scan(std::string_view cursor, std::string_view pattern, std::uint32_t count) {
  Add({"SCAN", cursor, "MATCH", pattern, "COUNT", std::to_string(count)});
}

std::size_t ReadBatch::word_count(std::size_t index) const noexcept {
  const std::size_t end = index + 1 < commands_.size() ? commands_[index + 1] : word_ends_.size();
  return end - commands_[index];
}

std::string_view ReadBatch::word(std::size_t index, std::size_t word) const noexcept {
  const std::size_t at = commands_[index] + word;
  const std::size_t begin = at == 0 ? 0 : word_ends_[at - 1];
  return std::string_view{text_}.substr(begin, word_ends_[at] - begin);
}

void ReadBatch::Add(std::initializer_list<std::string_view> words) {
  Begin();
  for (const std::string_view word : words) AddWord(word);
}

void ReadBatch::AddWord(std::string_view word) {
  text_.append(word);
  word_ends_.push_back(text_.size());
}

}  // namespace backup_monitor::cluster
