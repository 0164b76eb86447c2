#include "base/descriptor.h"

#include <fcntl.h>

#include <utility>

#include "catch.h"

namespace backup_monitor {
namespace {

Descriptor Opened() { return Descriptor{::open("/dev/null", O_RDONLY | O_CLOEXEC)}; }

bool IsOpen(int number) { return ::fcntl(number, F_GETFD) != -1; }

TEST_CASE("a descriptor is closed with its owner, and at once if told so", "[base]") {
  int number = -1;
  {
    const Descriptor owner = Opened();
    number = owner.get();
    CHECK(owner.open());
    CHECK(IsOpen(number));
  }
  CHECK_FALSE(IsOpen(number));

  Descriptor closed = Opened();
  number = closed.get();
  closed.Close();
  CHECK_FALSE(closed.open());
  CHECK(closed.get() == -1);
  CHECK_FALSE(IsOpen(number));
  closed.Close();
}

TEST_CASE("a moved descriptor has one owner", "[base]") {
  Descriptor first = Opened();
  const int number = first.get();
  {
    const Descriptor second{std::move(first)};
    CHECK(second.get() == number);
    CHECK(IsOpen(number));
  }
  CHECK_FALSE(IsOpen(number));
}

TEST_CASE("an assigned descriptor is owned, and what was owned before is closed too", "[base]") {
  int before = -1;
  int after = -1;
  {
    Descriptor target = Opened();
    before = target.get();
    Descriptor source = Opened();
    after = source.get();
    target = std::move(source);
    CHECK(target.get() == after);
  }
  CHECK_FALSE(IsOpen(before));
  CHECK_FALSE(IsOpen(after));
}

TEST_CASE("what was never opened is not open", "[base]") {
  CHECK_FALSE(Descriptor{}.open());
  CHECK_FALSE(Descriptor{-1}.open());
  CHECK(Descriptor{}.get() == -1);
}

}  // namespace
}  // namespace backup_monitor
