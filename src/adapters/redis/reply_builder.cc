#include "adapters/redis/reply_builder.h"

#include <cstring>
#include <memory>
#include <new>

namespace backup_monitor::redis {
namespace {

using cluster::Reply;

constexpr std::size_t kLongestError = 500;

}  // namespace

redisReplyObjectFunctions ReplyBuilder::reply_functions = FunctionsFor<redisReplyObjectFunctions>();

void ReplyBuilder::Attach(redisReader& reader) {
  reader.fn = &reply_functions;
  reader.privdata = this;
}

void ReplyBuilder::Release() {
  memory_.release();
  used_ = 0;
  error_.reset();
}

void* ReplyBuilder::MakeString(const redisReadTask* task, char* text, std::size_t length) noexcept {
  ReplyBuilder& self = Of(task);
  const std::string_view seen{text, length};
  Reply* const reply = self.Place(task);
  if (reply == nullptr) return nullptr;
  if (task->type == REDIS_REPLY_ERROR) {
    if (seen.starts_with("WRONGTYPE")) {
      reply->kind = Reply::Kind::kWrongType;
    } else {
      self.error_ = std::string{seen.substr(0, kLongestError)};
    }
    return reply;
  }
  auto* const copy = static_cast<char*>(self.Allocate(length, 1));
  if (copy == nullptr) return nullptr;
  std::memcpy(copy, text, length);
  reply->kind = Reply::Kind::kText;
  reply->text = {copy, length};
  return reply;
}

void* ReplyBuilder::MakeList(const redisReadTask* task, std::size_t length) noexcept {
  ReplyBuilder& self = Of(task);
  Reply* const reply = self.Place(task);
  if (reply == nullptr || length > kMostBytes / sizeof(Reply)) return nullptr;
  auto* const items = static_cast<Reply*>(self.Allocate(length * sizeof(Reply), alignof(Reply)));
  if (items == nullptr) return nullptr;
  std::uninitialized_value_construct_n(items, length);
  reply->kind = Reply::Kind::kList;
  reply->items = {items, length};
  return reply;
}

void* ReplyBuilder::MakeInteger(const redisReadTask* task, long long value) noexcept {
  Reply* const reply = Of(task).Place(task);
  if (reply == nullptr) return nullptr;
  reply->kind = Reply::Kind::kNumber;
  reply->number = value;
  return reply;
}

void* ReplyBuilder::MakeNil(const redisReadTask* task) noexcept { return Of(task).Place(task); }

void* ReplyBuilder::MakeDouble(const redisReadTask* task, double /*value*/, char* text,
                               std::size_t length) noexcept {
  return MakeString(task, text, length);
}

void* ReplyBuilder::MakeBool(const redisReadTask* task, int value) noexcept {
  return MakeInteger(task, value);
}

ReplyBuilder& ReplyBuilder::Of(const redisReadTask* task) {
  return *static_cast<ReplyBuilder*>(task->privdata);
}

Reply* ReplyBuilder::Place(const redisReadTask* task) {
  if (task->parent != nullptr) {
    const auto* const list = static_cast<const Reply*>(task->parent->obj);
    // The list is ours, and constant only for those who read it.
    return const_cast<Reply*>(&list->items[static_cast<std::size_t>(task->idx)]);
  }
  void* const place = Allocate(sizeof(Reply), alignof(Reply));
  return place == nullptr ? nullptr : new (place) Reply{};
}

void* ReplyBuilder::Allocate(std::size_t bytes, std::size_t alignment) {
  if (bytes > kMostBytes - used_) return nullptr;
  used_ += bytes;
  return memory_.allocate(bytes == 0 ? 1 : bytes, alignment);
}

}  // namespace backup_monitor::redis
