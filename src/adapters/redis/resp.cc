#include "adapters/redis/resp.h"

#include <charconv>
#include <cstddef>
#include <utility>

namespace backup_monitor::redis {
namespace {

void AppendCount(std::string& out, char kind, std::size_t count) {
  char digits[24];
  const auto [end, failure] = std::to_chars(digits, digits + sizeof digits, count);
  out.push_back(kind);
  out.append(digits, end).append("\r\n");
}

void AppendWord(std::string& out, std::string_view word) {
  AppendCount(out, '$', word.size());
  out.append(word).append("\r\n");
}

}  // namespace

std::string ToResp(const cluster::ReadBatch& batch) {
  std::string out;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    AppendCount(out, '*', batch.word_count(i));
    for (std::size_t word = 0; word < batch.word_count(i); ++word) {
      AppendWord(out, batch.word(i, word));
    }
  }
  return out;
}

Secret AuthToResp(std::string_view username, const Secret& password) {
  std::string out;
  AppendCount(out, '*', 3);
  AppendWord(out, "AUTH");
  AppendWord(out, username);
  AppendWord(out, password.Reveal());
  return Secret{std::move(out)};
}

}  // namespace backup_monitor::redis
