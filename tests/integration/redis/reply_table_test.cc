
#include "adapters/redis/reply_builder.h"
#include "catch.h"

namespace backup_monitor::redis {
namespace {

/// redisReplyObjectFunctions of hiredis 1.2.0 (read.h).
struct TableOfHiredis1 {
  void* (*createString)(const redisReadTask*, char*, std::size_t);
  void* (*createArray)(const redisReadTask*, std::size_t);
  void* (*createInteger)(const redisReadTask*, long long);
  void* (*createDouble)(const redisReadTask*, double, char*, std::size_t);
  void* (*createNil)(const redisReadTask*);
  void* (*createBool)(const redisReadTask*, int);
  void (*freeObject)(void*);
};

TEST_CASE("hiredis' reader finds a function for each type of reply", "[redis]") {
  const auto present = ReplyBuilder::FunctionsFor<redisReplyObjectFunctions>();
  CHECK(present.createString != nullptr);
  CHECK(present.createArray != nullptr);
  CHECK(present.createInteger != nullptr);
  CHECK(present.createNil != nullptr);
  CHECK(present.freeObject != nullptr);

  const auto newer = ReplyBuilder::FunctionsFor<TableOfHiredis1>();
  CHECK(newer.createString != nullptr);
  CHECK(newer.createArray != nullptr);
  CHECK(newer.createInteger != nullptr);
  CHECK(newer.createDouble != nullptr);
  CHECK(newer.createNil != nullptr);
  CHECK(newer.createBool != nullptr);
  CHECK(newer.freeObject != nullptr);
}

}  // namespace
}  // namespace backup_monitor::redis
