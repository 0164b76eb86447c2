#include <csignal>
#include <map>
#include <thread>

#include "catch.h"
#include "contract/store/samples.h"
#include "fakes/temporary_store.h"
#include "integration/sqlite/accept.h"
#include "integration/sqlite/child.h"

namespace backup_monitor::sqlite {
namespace {

using namespace testing;

/// Accepts alerts numbered from `first` on for ever and writes each confirmed number into the pipe.
int AcceptForEver(const std::filesystem::path& path, int pipe, int first) {
  auto store = OpenStore(path);
  if (!store) return 1;
  for (int number = first;; number += 2) {
    const auto ids = AcceptNow((*store)->inbox(), {AlertOf(number), AlertOf(number + 1)});
    if (!ids) return 2;
    if (::write(pipe, &number, sizeof number) != sizeof number) return 3;
  }
}

std::map<std::string, int> PendingNumbers(const std::filesystem::path& path) {
  auto store = OpenStore(path).value();
  std::map<std::string, int> numbers;
  const auto pending = store->inbox().Pending().value();
  for (const Trigger& trigger : pending) {
    ++numbers[std::get<Alert>(trigger.body).labels.at("id")];
  }
  return numbers;
}

TEST_CASE("what was confirmed survives kill -9, and nothing is half there", "[store]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "store.db";
  std::vector<int> confirmed;
  for (int round = 0; round < 5; ++round) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = StartChild([&] { return AcceptForEver(path, ends[1], round * 1'000'000); });
    ::close(ends[1]);
    int number = 0;
    for (int i = 0; i < 20 + round && ::read(ends[0], &number, sizeof number) == sizeof number;
         ++i) {
      confirmed.push_back(number);
    }
    ::kill(child, SIGKILL);
    REQUIRE(WaitForChild(child) == -SIGKILL);
    while (::read(ends[0], &number, sizeof number) == sizeof number) confirmed.push_back(number);
    ::close(ends[0]);
  }
  REQUIRE(confirmed.size() >= 100);

  const auto pending = PendingNumbers(path);

  for (const int number : confirmed) {
    CAPTURE(number);
    CHECK(pending.count(std::to_string(number)) == 1);
    CHECK(pending.count(std::to_string(number + 1)) == 1);
  }
  for (const auto& [text, times] : pending) {
    CHECK(times == 1);
    CHECK(pending.contains(std::to_string(std::stoi(text) ^ 1)));  // pairs are stored together
  }
}

TEST_CASE("a step that was committed survives kill -9, one that was not leaves nothing",
          "[store]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "store.db";
  const int status = WaitForChild(StartChild([&] {
    auto store = OpenStore(path);
    if (!store) return 1;
    const auto ids = AcceptNow((*store)->inbox(), {AlertOf(1), AlertOf(2)});
    if (!ids) return 2;
    RunChanges changes;
    changes.runs.emplace(RunId{1}, ClosedRun(1, "1", 1000, Outcome::kPartial));
    changes.settled = {ids->front()};
    auto done = (*store)->runs().Begin();
    if (!done || !(*done)->Save(changes) || !(*done)->Post(MessageTo({"a@example.org"})) ||
        !(*done)->Commit()) {
      return 3;
    }
    done->reset();
    auto undone = (*store)->runs().Begin();
    changes.settled = {ids->back()};
    if (!undone || !(*undone)->Save(changes) || !(*undone)->Post(MessageTo({"b@example.org"})))
      return 4;
    ::kill(::getpid(), SIGKILL);
    return 5;
  }));
  REQUIRE(status == -SIGKILL);

  auto store = OpenStore(path).value();
  const auto pending = store->inbox().Pending().value();
  REQUIRE(pending.size() == 1);
  CHECK(std::get<Alert>(pending[0].body).labels.at("id") == "2");
  CHECK(store->archive().Read(RunId{1}));
  const auto due = store->outbox().Due(At(9999), 10).value();
  REQUIRE(due.size() == 1);
  CHECK(due[0].recipient == "a@example.org");
}

}  // namespace
}  // namespace backup_monitor::sqlite
