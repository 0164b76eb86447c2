#pragma once

#include <sqlite3.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "adapters/sqlite/words.h"
#include "base/clock.h"
#include "base/result.h"
#include "base/text_id.h"
#include "model/ids.h"

namespace backup_monitor::sqlite {

/// An error of SQLite in its own words. SQLITE_CORRUPT and SQLITE_NOTADB become kCorrupt, a broken
/// constraint kInvalidInput, everything else (disk full, busy, I/O) kUnavailable.
[[nodiscard]] Error SqliteError(sqlite3* database, int code);

/// One use of a prepared statement: bind, step, read. Remembers its first failure, so that a caller
/// asks once, at the end. The statement is free again when this is destroyed.
class Query {
 public:
  Query(sqlite3* database, sqlite3_stmt* statement, int code);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  /// Gives ?1, ?2, ... their values.
  template <typename... Values>
  Query& Bind(const Values&... values) {
    int index = 0;
    (BindOne(++index, values), ...);
    return *this;
  }

  /// Goes to the next row. False after the last one, and after a failure.
  [[nodiscard]] bool Next();

  /// Reads the row's columns from `first` on.
  template <typename... Values>
  void ReadFrom(int first, Values&... into) {
    int column = first;
    (ReadOne(column++, into), ...);
  }
  template <typename... Values>
  void Read(Values&... into) {
    ReadFrom(0, into...);
  }
  [[nodiscard]] bool IsNull(int column) const;

  /// Runs to the end. \return the first failure of this use.
  [[nodiscard]] Result<void> Run();
  /// Leaves the rows that have not been read. \return the first failure of this use.
  [[nodiscard]] Result<void> Leave() const;

 private:
  template <typename T>
  static constexpr bool kIsNumber = std::is_integral_v<T> ||
                                    (std::is_enum_v<T> && sizeof(T) == sizeof(std::int64_t));

  void BindNull(int index);
  void BindNumber(int index, std::int64_t value);
  void BindOne(int index, std::string_view value);
  void BindOne(int index, Time value) { BindNumber(index, value.time_since_epoch().count()); }
  void BindOne(int index, seconds value) { BindNumber(index, value.count()); }
  void BindOne(int index, NodeId value) { BindNumber(index, value.value()); }
  template <typename Tag>
  void BindOne(int index, const TextId<Tag>& value) {
    BindOne(index, std::string_view{value.value()});
  }
  /// Ids and plain numbers as numbers, other enumerations as their words.
  template <typename T>
  requires(std::is_integral_v<T> || std::is_enum_v<T>) void BindOne(int index, T value) {
    if constexpr (kIsNumber<T>) {
      BindNumber(index, static_cast<std::int64_t>(value));
    } else {
      BindOne(index, WordOf(value));
    }
  }
  template <typename T>
  void BindOne(int index, const std::optional<T>& value) {
    if (value) {
      BindOne(index, *value);
    } else {
      BindNull(index);
    }
  }

  [[nodiscard]] std::int64_t Number(int column) const;
  [[nodiscard]] std::string_view Text(int column) const;
  void ReadOne(int column, std::string& into) { into = Text(column); }
  void ReadOne(int column, Time& into) { into = Time{seconds{Number(column)}}; }
  void ReadOne(int column, seconds& into) { into = seconds{Number(column)}; }
  void ReadOne(int column, std::optional<NodeId>& into);
  template <typename Tag>
  void ReadOne(int column, TextId<Tag>& into) {
    into = TextId<Tag>{std::string{Text(column)}};
  }
  template <typename T>
  requires(std::is_integral_v<T> || std::is_enum_v<T>) void ReadOne(int column, T& into) {
    if constexpr (std::is_same_v<T, bool>) {
      into = Number(column) != 0;
    } else if constexpr (kIsNumber<T>) {
      into = static_cast<T>(Number(column));
    } else if (!FromWord(Text(column), into)) {
      RefuseWord(Text(column));
    }
  }
  template <typename T>
  void ReadOne(int column, std::optional<T>& into) {
    into.reset();
    if (!IsNull(column)) ReadOne(column, into.emplace());
  }
  void RefuseWord(std::string_view word);
  void Note(int code);

  sqlite3* database_;
  sqlite3_stmt* statement_;
  std::optional<Error> failure_;
};

}  // namespace backup_monitor::sqlite
