#include "report/words/voice.h"

#include "catch.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report::words {
namespace {

using namespace testing;

struct Speakers {
  Catalog english = Catalog::Of(Language::kEnglish);
  Catalog italian = Catalog::Of(Language::kItalian);
  Zone zone = Rome();
  Voice en{english, zone, kNight};
  Voice it{italian, zone, kNight};
};

TEST_CASE("a moment is told with day, date, time and zone", "[report]") {
  const Speakers say;
  CHECK(say.en.When(kNight) == "Sun 22 Nov 2026, 02:14 CET");
  CHECK(say.it.When(kNight) == "dom 22 nov 2026, 02:14 CET");
}

TEST_CASE("an age is told where there is one", "[report]") {
  const Speakers say;
  const auto age = [&say](seconds ago) { return say.en.WhenAndAge(kNight - ago); };
  CHECK_THAT(age(seconds{59}), Catch::EndsWith("(just now)"));
  CHECK_THAT(age(seconds{60}), Catch::EndsWith("(1 minute ago)"));
  CHECK_THAT(age(2 * kHour), Catch::EndsWith("(2 hours ago)"));
  CHECK_THAT(age(2 * kDay), Catch::EndsWith("(2 days ago)"));
  CHECK(age(seconds{-1}) == say.en.When(kNight + seconds{1}));
  CHECK_THAT(say.it.WhenAndAge(kNight - 3 * kDay), Catch::EndsWith("(3 giorni fa)"));
}

TEST_CASE("a span names the day only where it is another", "[report]") {
  const Speakers say;
  CHECK(say.en.Span(kNight, kNight + 3 * kMinute, kNight) == "02:14–02:17");
  CHECK_THAT(say.en.Span(kNight - kDay, kNight, kNight), Catch::Contains("Sat 21 Nov"));
}

TEST_CASE("durations have two units at most", "[report]") {
  const Speakers say;
  CHECK(say.en.Duration(seconds{-5}) == "less than 1 s");
  CHECK(say.en.Duration(seconds{1}) == "1 s");
  CHECK(say.en.Duration(seconds{95}) == "1 min 35 s");
  CHECK(say.en.Duration(seconds{754}) == "12 min");
  CHECK(say.en.Duration(72 * kMinute) == "1 h 12 min");
  CHECK(say.en.Duration(kHour) == "1 h");
  CHECK(say.it.Duration(kDay + 2 * kHour) == "1 g 2 h");
}

TEST_CASE("sizes never reach a thousand of their unit", "[report]") {
  const Speakers say;
  CHECK(say.en.Size(0) == "0 B");
  CHECK(say.en.Size(999) == "999 B");
  CHECK(say.en.Size(1000) == "1.0 kB");
  CHECK(say.en.Size(4'200'000'000) == "4.2 GB");
  CHECK(say.it.Size(4'200'000'000) == "4,2 GB");
  CHECK(say.en.Size(418'300'000'000) == "418 GB");
  CHECK(say.en.Size(999'499'999) == "999 MB");
  CHECK(say.en.Size(999'500'000) == "1.0 GB");
  CHECK(say.en.Size(~std::uint64_t{0}) == "18.4 EB");
}

TEST_CASE("a difference has a sign and a share", "[report]") {
  const Speakers say;
  CHECK(say.en.SizeChange(4'000'000'000, 4'200'000'000) == "+200 MB (+5.0\u00A0%)");
  CHECK(say.en.SizeChange(4'000'000'000, 1'000'000'000) == "−3.0 GB (−75\u00A0%)");
  CHECK(say.en.SizeChange(5, 5) == "unchanged");
  CHECK(say.en.SizeChange(0, 5) == "+5 B");
  CHECK(say.en.SizeChange(1'000'000'000, 1'000'000'001) == "+1 B");
}

TEST_CASE("a zone without letters is told by its offset", "[report]") {
  CHECK(FixedZone(-3 * kHour, "UTC-03:00")(kNight).hour == 22);
  CHECK_FALSE(SystemZone()(kNight).zone.empty());
}

}  // namespace
}  // namespace backup_monitor::report::words
