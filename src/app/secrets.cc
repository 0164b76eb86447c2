#include "app/secrets.h"

#include <fstream>
#include <iterator>
#include <string>
#include <utility>

namespace backup_monitor {
namespace {

constexpr std::size_t kLongest = 4096;

void ReadInto(Secret& secret, const std::filesystem::path& file, std::string_view key, std::string& faults) {
  if (file.empty()) return;
  auto read = ReadSecretFile(file);
  if (read) {
    secret = *std::move(read);
    return;
  }
  if (!faults.empty()) faults += '\n';
  faults += std::string{key} + ": " + read.error().message;
}

}  // namespace

Result<Secret> ReadSecretFile(const std::filesystem::path& file) {
  std::ifstream stream{file, std::ios::binary};
  std::string text{std::istreambuf_iterator<char>{stream}, {}};
  if (!stream.good() && !stream.eof()) {
    return Fail(ErrorCode::kNotFound, "cannot read " + file.string());
  }
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  if (text.empty()) return Fail(ErrorCode::kInvalidInput, file.string() + " is empty or cannot be read");
  if (text.size() > kLongest) return Fail(ErrorCode::kInvalidInput, file.string() + " is over 4 KiB");
  return Secret{std::move(text)};
}

Result<Secret> ReadWebhookToken(const Config& config) {
  Secret token;
  Secret read_at_use;
  std::string faults;
  ReadInto(token, config.receiver.token_file, "receiver.token_file", faults);
  ReadInto(read_at_use, config.redis.password_file, "redis.password_file", faults);
  ReadInto(read_at_use, config.mail.smtp.password_file, "mail.smtp.password_file", faults);
  if (!faults.empty()) return Fail(ErrorCode::kInvalidInput, std::move(faults));
  return token;
}

}  // namespace backup_monitor
