#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "report/words/catalog.h"
#include "report/words/local_time.h"

namespace backup_monitor::report::words {

/// How one report speaks: its language, its zone and its moment.
class Voice {
 public:
  /// `catalog` and `zone` must outlive the voice.
  Voice(const Catalog& catalog, const Zone& zone, Time now)
      : catalog_{catalog}, zone_{zone}, now_{now} {}

  [[nodiscard]] std::string Say(std::string_view key, const Fillings& fillings = {}) const {
    return catalog_.Say(key, fillings);
  }
  [[nodiscard]] std::string Count(std::string_view key, std::int64_t count,
                                  Fillings fillings = {}) const {
    return catalog_.Count(key, count, std::move(fillings));
  }
  [[nodiscard]] std::string Ordinal(int number) const { return catalog_.Ordinal(number); }
  [[nodiscard]] std::string Number(std::int64_t number) const { return catalog_.Number(number); }

  /// "Sun 22 Nov 2026, 02:14 CET"
  [[nodiscard]] std::string When(Time time) const;
  /// "Sun 22 Nov 2026, 02:14 CET (3 days ago)"; without an age for what lies in the future.
  [[nodiscard]] std::string WhenAndAge(Time time) const;
  /// "3 days 4 hours old (Thu 19 Nov 2026, 22:14 CET)"; the moment alone for what lies in the future.
  [[nodiscard]] std::string Old(Time time) const;
  /// "02:14"; none where the day is not that of `day`.
  [[nodiscard]] std::optional<std::string> ClockOn(Time time, Time day) const;
  /// "02:14–02:31", or with the day where it is not that of `day`.
  [[nodiscard]] std::string Span(Time from, Time to, Time day) const;
  /// "1 h 12 min": the two largest units. Never negative: a clock that steps back gives 0.
  [[nodiscard]] std::string Duration(seconds duration) const;
  /// "4.2 GB", powers of 1000.
  [[nodiscard]] std::string Size(std::uint64_t bytes) const;
  /// "+1.2 GB (+3 %)"
  [[nodiscard]] std::string SizeChange(std::uint64_t before, std::uint64_t now) const;

  [[nodiscard]] const Catalog& catalog() const noexcept { return catalog_; }

 private:
  [[nodiscard]] std::string Age(seconds age) const;
  [[nodiscard]] std::string AgeInWords(seconds age) const;
  [[nodiscard]] std::string Decimal(double number, int digits) const;

  const Catalog& catalog_;
  const Zone& zone_;
  Time now_;
};

}  // namespace backup_monitor::report::words
