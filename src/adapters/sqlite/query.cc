#include "adapters/sqlite/query.h"

namespace backup_monitor::sqlite {

Error SqliteError(sqlite3* database, int code) {
  ErrorCode reaction = ErrorCode::kUnavailable;
  switch (code & 0xff) {  // the primary code is the low byte of an extended one
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: reaction = ErrorCode::kCorrupt; break;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG: reaction = ErrorCode::kInvalidInput; break;
    default: break;
  }
  const char* words = database == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(database);
  return {reaction, std::string{words} + " (SQLite code " + std::to_string(code) + ")"};
}

Query::Query(sqlite3* database, sqlite3_stmt* statement, int code)
    : database_{database}, statement_{statement} {
  Note(code);
}

Query::~Query() {
  if (statement_ == nullptr) return;  // could not be prepared
  // The result of reset() repeats the failure of the last step, which we have noted.
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

bool Query::Next() {
  if (failure_) return false;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) Note(code);
  return false;
}

Result<void> Query::Run() {
  while (Next()) {
  }
  if (failure_) return Fail(*failure_);
  return {};
}

Result<void> Query::Leave() const {
  if (failure_) return Fail(*failure_);
  return {};
}

bool Query::IsNull(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

void Query::BindNull(int index) {
  if (!failure_) Note(sqlite3_bind_null(statement_, index));
}

void Query::BindNumber(int index, std::int64_t value) {
  if (!failure_) Note(sqlite3_bind_int64(statement_, index, value));
}

void Query::BindOne(int index, std::string_view value) {
  if (failure_) return;
  const char* data = value.data() == nullptr ? "" : value.data();  // a null pointer would bind NULL
  Note(sqlite3_bind_text64(statement_, index, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

std::int64_t Query::Number(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view Query::Text(int column) const {
  // Text first, then its size: the other order may measure another encoding.
  const unsigned char* text = sqlite3_column_text(statement_, column);
  if (text == nullptr) return {};
  return {reinterpret_cast<const char*>(text),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

void Query::ReadOne(int column, std::optional<NodeId>& into) {
  into.reset();
  if (IsNull(column)) return;
  if (const auto node = NodeId::Parse(Text(column))) into = *node;
}

void Query::RefuseWord(std::string_view word) {
  if (failure_) return;
  failure_ = Error{ErrorCode::kCorrupt, "unknown word '" + std::string{word} + "' in the store"};
}

void Query::Note(int code) {
  if (code != SQLITE_OK && !failure_) failure_ = SqliteError(database_, code);
}

}  // namespace backup_monitor::sqlite
