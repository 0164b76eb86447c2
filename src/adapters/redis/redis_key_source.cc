#include "adapters/redis/redis_key_source.h"

#include <string_view>
#include <system_error>
#include <utility>

#include "adapters/redis/redis_error.h"
#include "adapters/redis/resp.h"
#include "base/secret_file.h"
#include "text/fit_text.h"
#include "text/host_port.h"

namespace backup_monitor::redis {
namespace {

constexpr std::string_view kAnyPassword = "default";

class Conversation final : public cluster::KeyReader {
 public:
  explicit Conversation(RedisConnection connection) : connection_{std::move(connection)} {}

  Result<void> Read(const cluster::ReadBatch& batch,
                    const cluster::ReplyHandler& handler) override {
    if (over_) return Fail(ErrorCode::kUnavailable, "the connection to redis is over");
    std::size_t index = 0;
    auto read = connection_.Exchange(ToResp(batch), batch.size(),
                                     [&](const cluster::Reply& reply) { handler(index++, reply); });
    over_ = !read;
    return read;
  }

 private:
  RedisConnection connection_;
  bool over_ = false;
};

Result<RedisConnection> LogIn(Result<RedisConnection> connection, const Secret& login) {
  if (!connection) return connection;
  const auto answered = connection->Exchange(login.Reveal(), 1, [](const cluster::Reply&) {});
  if (answered || IsAuthNotNeeded(connection->error_reply())) return connection;
  return Fail(answered.error());
}

}  // namespace

RedisKeySource::RedisKeySource(config::RedisConfig config, RedisTimeouts timeouts)
    : config_{std::move(config)}, timeouts_{std::move(timeouts)} {}

Result<std::unique_ptr<cluster::KeyReader>> RedisKeySource::Open(Deadline deadline) {
  auto login = Login();
  if (!login) return Fail(std::move(login.error()).While("connect to redis"));
  auto connection = Connect(*login, deadline);
  if (!connection) return Fail(std::move(connection.error()).While("connect to redis"));
  return std::make_unique<Conversation>(std::move(*connection));
}

Result<RedisConnection> RedisKeySource::Connect(const Secret& login, Deadline deadline) const {
  std::error_code unknown;
  if (config_.socket.empty() || !std::filesystem::exists(config_.socket, unknown)) {
    return ConnectTcp(login, deadline);
  }
  auto local = LogIn(RedisConnection::ToSocket(config_.socket, timeouts_, deadline), login);
  // A file without a listener, or one that is not for us, is as good as none. A Redis that answers
  // and refuses is the one that was meant.
  if (local || !IsTransient(local.error().code)) return local;
  auto tcp = ConnectTcp(login, deadline);
  if (tcp) return tcp;
  return Fail(std::move(tcp.error())
                  .While(config_.socket.string() + ": " + local.error().message + "; then"));
}

Result<RedisConnection> RedisKeySource::ConnectTcp(const Secret& login, Deadline deadline) const {
  const auto address = ParseHostPort(config_.address);
  if (!address)
    return Fail(ErrorCode::kInvalidInput, "'" + Printable(config_.address) + "' is not host:port");
  auto remote =
      LogIn(RedisConnection::ToAddress(address->host, address->port, timeouts_, deadline), login);
  if (!remote) return Fail(std::move(remote.error()).While(config_.address));
  return remote;
}

Result<Secret> RedisKeySource::Login() const {
  const std::string username = config_.username.empty() ? "default" : config_.username;
  if (config_.password_file.empty()) {
    return AuthToResp(username, Secret{std::string{kAnyPassword}});
  }
  const auto password = ReadSecretFile(config_.password_file);
  if (!password) return Fail(ErrorCode::kDenied, password.error().message);
  return AuthToResp(username, *password);
}

}  // namespace backup_monitor::redis
