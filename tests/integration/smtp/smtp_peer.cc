#include "integration/smtp/smtp_peer.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace backup_monitor::testing {
namespace {

const char* Word(Encryption encryption) {
  switch (encryption) {
    case Encryption::kNone: return "none";
    case Encryption::kStartTls: return "starttls";
    case Encryption::kTls: return "tls";
  }
  return "none";
}

std::string FirstLine(int from) {
  std::string line;
  char c = 0;
  pollfd ready{from, POLLIN, 0};
  while (::poll(&ready, 1, 10'000) == 1 && ::read(from, &c, 1) == 1 && c != '\n') line += c;
  return line;
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  auto name = (std::filesystem::temp_directory_path() / "backup-monitor-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no temporary folder"};
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

SmtpPeer::SmtpPeer(Encryption encryption) : encryption_{encryption} {
  SetRules("{}");
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) {
    throw std::runtime_error{"no pipe"};
  }
  const std::vector<std::string> words{
      SMTP_PEER, "--dir",          folder_.path(),        "--script", folder_.path() / "rules.json",
      "--tls",   Word(encryption), "--until-stdin-closes"};
  std::vector<char*> arguments;
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions{};
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  const int fault =
      ::posix_spawn(&process_, arguments[0], &actions, nullptr, arguments.data(), ::environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(in[0]);
  ::close(out[1]);
  input_ = in[1];
  const auto line = fault == 0 ? FirstLine(out[0]) : std::string{};
  ::close(out[0]);
  if (!line.starts_with("port ")) throw std::runtime_error{"smtp_peer.py did not start"};
  port_ = static_cast<std::uint16_t>(std::stoi(line.substr(5)));
}

SmtpPeer::~SmtpPeer() {
  ::close(input_);
  ::waitpid(process_, nullptr, 0);
}

void SmtpPeer::SetRules(std::string_view json) {
  const auto fresh = folder_.path() / "rules.fresh";
  std::ofstream{fresh} << json;
  std::filesystem::rename(fresh, folder_.path() / "rules.json");
}

Smarthost SmtpPeer::relay() const {
  Smarthost relay;
  relay.enabled = true;
  relay.host = "localhost";
  relay.port = port_;
  relay.encryption = encryption_;
  return relay;
}

std::vector<std::string> SmtpPeer::Mails() const {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator{folder_.path() / "new"}) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  std::vector<std::string> mails;
  std::ranges::transform(files, std::back_inserter(mails), ReadFile);
  return mails;
}

std::string SmtpPeer::Log() const { return ReadFile(folder_.path() / "log.jsonl"); }

bool SmtpPeer::WaitForLog(std::string_view text) const {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{5};
  while (Log().find(text) == std::string::npos) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    ::poll(nullptr, 0, 5);
  }
  return true;
}

std::string ReadFile(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace backup_monitor::testing
