#include "app/secrets.h"

#include <filesystem>
#include <string_view>
#include <utility>

#include "base/secret_file.h"

namespace backup_monitor::app {
namespace {

/// Collects what is wrong and what is doubtful, key by key.
class SecretFiles {
 public:
  Secret Read(std::string_view key, const std::filesystem::path& file) {
    if (file.empty()) return {};
    WarnIfOthersRead(key, file);
    auto read = ReadSecretFile(file);
    if (!read) faults_ += std::string{key} + ": " + read.error().message + "\n";
    return read ? *std::move(read) : Secret{};
  }

  void WarnIfOthersRead(std::string_view key, const std::filesystem::path& file) {
    const auto who = WhoElseReads(file);
    if (who)
      Warn(key, file.string() + " " + *who + "; give it to the daemon's user, with mode 600");
  }

  void Warn(std::string_view key, const std::string& what) {
    warnings_.push_back("warning: " + std::string{key} + ": " + what);
  }

  [[nodiscard]] Result<Secrets> Finish(Secret webhook_token) && {
    if (faults_.empty()) return Secrets{std::move(webhook_token), std::move(warnings_)};
    for (const std::string& warning : warnings_) faults_ += warning + "\n";
    faults_.pop_back();
    return Fail(ErrorCode::kInvalidInput, std::move(faults_));
  }

 private:
  std::string faults_;
  std::vector<std::string> warnings_;
};

}  // namespace

Result<Secrets> ReadSecrets(const config::Config& config) {
  SecretFiles files;
  Secret token = files.Read("receiver.token_file", config.receiver.token_file);
  if (!token.empty() && token.Reveal().size() < kShortestToken) {
    files.Warn("receiver.token_file",
               config.receiver.token_file.string() + " holds a token of fewer than " +
                   std::to_string(kShortestToken) +
                   " characters, which can be guessed; make one with: openssl rand -hex 16");
  }
  (void)files.Read("redis.password_file", config.redis.password_file);
  (void)files.Read("mail.smtp.password_file", config.mail.smtp.password_file);
  (void)files.Read("cluster_log.password_file", config.cluster_log.password_file);
  // Written at each start of the NS8 module, so it may be missing when the configuration is checked.
  if (!config.repo_check.credentials_file.empty()) {
    files.WarnIfOthersRead("repo_check.credentials_file", config.repo_check.credentials_file);
  }
  return std::move(files).Finish(std::move(token));
}

KnownSecrets KnownSecretsOf(const config::Config& config) {
  KnownSecrets known;
  for (const auto& file : {config.receiver.token_file, config.redis.password_file,
                           config.mail.smtp.password_file, config.cluster_log.password_file}) {
    if (file.empty()) continue;
    if (auto secret = ReadSecretFile(file)) known.push_back(*std::move(secret));
  }
  return known;
}

}  // namespace backup_monitor::app
