// What Redis answers: in whatever pieces it comes, the replies are the same, and none takes more than the bound.

#include <hiredis/read.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/redis/reply_builder.h"

namespace {

using backup_monitor::cluster::Reply;
using backup_monitor::redis::ReplyBuilder;

std::string Described(const Reply& reply) {
  std::string all = std::to_string(static_cast<int>(reply.kind)) + ':';
  all += std::to_string(reply.number) + ':' + std::to_string(reply.text.size()) + ':';
  all += reply.text;
  for (const Reply& item : reply.items) all += '[' + Described(item) + ']';
  return all;
}

std::string Replies(std::string_view stream, std::size_t size) {
  ReplyBuilder builder;
  const std::unique_ptr<redisReader, decltype(&redisReaderFree)> reader{
      redisReaderCreateWithFunctions(nullptr), redisReaderFree};
  builder.Attach(*reader);
  std::string all;
  while (!stream.empty()) {
    redisReaderFeed(reader.get(), stream.data(), std::min(size, stream.size()));
    stream.remove_prefix(std::min(size, stream.size()));
    for (;;) {
      void* reply = nullptr;
      if (redisReaderGetReply(reader.get(), &reply) != REDIS_OK) return all + "failed";
      if (reply == nullptr) break;
      all += builder.error() ? "error " + *builder.error() : Described(*static_cast<Reply*>(reply));
      builder.Release();
    }
  }
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view stream{reinterpret_cast<const char*>(data), size};
  const std::string whole = Replies(stream, std::max<std::size_t>(size, 1));
  for (const std::size_t pieces : {1U, 3U, 17U}) {
    if (Replies(stream, pieces) != whole) std::abort();
  }
  return 0;
}
