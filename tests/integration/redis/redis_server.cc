#include "integration/redis/redis_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <hiredis/hiredis.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <utility>

namespace backup_monitor::testing {
namespace {

constexpr std::chrono::seconds kLongestStart{20};
constexpr const char* kAdmin = "admin";
constexpr const char* kDefaultUser =
    "user default on nopass resetkeys ~cluster/* ~node/* ~module/* resetchannels &* nocommands "
    "+@read +@connection +subscribe +psubscribe -@admin\n";

// Redis cannot bind port 0 itself, so one is found for it.
std::uint16_t FreePort() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(fd, generic, length) != 0 || getsockname(fd, generic, &length) != 0) {
    throw std::runtime_error{"no free port"};
  }
  close(fd);
  return ntohs(address.sin_port);
}

struct FreeContext {
  void operator()(redisContext* context) const { redisFree(context); }
};
struct FreeReply {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using Context = std::unique_ptr<redisContext, FreeContext>;
using OwnedReply = std::unique_ptr<redisReply, FreeReply>;

std::string ToText(const redisReply& reply) {
  if (reply.type == REDIS_REPLY_INTEGER) return std::to_string(reply.integer);
  if (reply.type == REDIS_REPLY_ARRAY) {
    std::string all;
    for (std::size_t i = 0; i < reply.elements; ++i) all += ToText(*reply.element[i]) + "\n";
    return all;
  }
  const std::string text = reply.str == nullptr ? "" : std::string(reply.str, reply.len);
  return reply.type == REDIS_REPLY_ERROR ? "-" + text : text;
}

OwnedReply Run(redisContext& context, const std::vector<std::string>& words) {
  std::vector<const char*> texts;
  std::vector<std::size_t> lengths;
  for (const std::string& word : words) {
    texts.push_back(word.data());
    lengths.push_back(word.size());
  }
  return OwnedReply{static_cast<redisReply*>(
      redisCommandArgv(&context, static_cast<int>(words.size()), texts.data(), lengths.data()))};
}

}  // namespace

RedisServer::RedisServer(Users users, std::vector<std::string> settings)
    : users_{users}, settings_{std::move(settings)} {
  std::string name = (std::filesystem::temp_directory_path() / "redis-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no temporary directory"};
  directory_ = name;
  Start();
}

RedisServer::~RedisServer() {
  Kill();
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

void RedisServer::Start() {
  Kill();
  const bool fixed_port = port_ != 0;
  for (int attempt = 0; attempt < 5; ++attempt) {
    if (!fixed_port) port_ = FreePort();
    WriteConfiguration();
    if (Spawn()) return;
  }
  throw std::runtime_error{"redis-server does not start"};
}

void RedisServer::Kill() {
  if (child_ <= 0) return;
  kill(child_, SIGKILL);
  waitpid(child_, nullptr, 0);
  child_ = -1;
}

std::string RedisServer::address() const { return "127.0.0.1:" + std::to_string(port_); }

config::RedisConfig RedisServer::SocketOnly() const {
  config::RedisConfig config;
  config.socket = socket();
  config.address = "127.0.0.1:1";
  return config;
}

config::RedisConfig RedisServer::TcpOnly() const {
  config::RedisConfig config;
  config.socket = directory_ / "no-such.sock";
  config.address = address();
  return config;
}

std::string RedisServer::Command(const std::vector<std::string>& words) const {
  const Context context{redisConnectUnix(socket().c_str())};
  if (!context || context->err != 0) return "-no connection";
  Run(*context, {"AUTH", kAdmin, kAdmin});
  const OwnedReply reply = Run(*context, words);
  return reply ? ToText(*reply) : "-connection lost";
}

bool RedisServer::Answers() const {
  const std::string answer = Command({"PING"});
  return answer == "PONG" || answer.starts_with("-MASTERDOWN");
}

bool RedisServer::Spawn() {
  child_ = fork();
  if (child_ < 0) throw std::runtime_error{"cannot fork"};
  if (child_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const std::string log = (directory_ / "redis.log").string();
    const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    const std::string file = (directory_ / "redis.conf").string();
    execlp("redis-server", "redis-server", file.c_str(), nullptr);
    _exit(127);
  }
  const auto deadline = std::chrono::steady_clock::now() + kLongestStart;
  while (std::chrono::steady_clock::now() < deadline) {
    if (Answers()) return true;
    if (waitpid(child_, nullptr, WNOHANG) == child_) {  // The port was taken meanwhile.
      child_ = -1;
      return false;
    }
    poll(nullptr, 0, 2);
  }
  Kill();
  return false;
}

void RedisServer::WriteConfiguration() const {
  std::ofstream file{directory_ / "redis.conf"};
  file << "bind 127.0.0.1\nport " << port_ << "\nunixsocket " << socket().string()
       << "\nsave \"\"\nappendonly no\ndir " << directory_.string() << "\n";
  if (users_ == Users::kNs8)
    file << kDefaultUser << "user admin on >" << kAdmin << " ~* &* +@all\n";
  for (const std::string& line : settings_) file << line << "\n";
}

}  // namespace backup_monitor::testing
