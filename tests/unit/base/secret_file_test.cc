#include "base/secret_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "catch.h"

namespace backup_monitor {
namespace {

class Folder {
 public:
  Folder() {
    std::string name =
        (std::filesystem::temp_directory_path() / "backup-monitor-secret-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] std::filesystem::path Write(const std::string& content, mode_t mode = 0600) const {
    std::ofstream{path_ / "secret", std::ios::binary} << content;
    REQUIRE(chmod((path_ / "secret").c_str(), mode) == 0);
    return path_ / "secret";
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

TEST_CASE("a secret is the file's only line, without the line ends behind it", "[secrets]") {
  const Folder folder;
  const auto* content =
      GENERATE("s3cr3t", "s3cr3t\n", "s3cr3t\r\n", "s3cr3t\n\n", "s3cr3t\r\n\r\n");
  const auto secret = ReadSecretFile(folder.Write(content));
  REQUIRE(secret);
  CHECK(secret->Reveal() == "s3cr3t");
}

TEST_CASE("blanks belong to a secret", "[secrets]") {
  const Folder folder;
  CHECK(ReadSecretFile(folder.Write(" a b \n"))->Reveal() == " a b ");
}

TEST_CASE("a secret of 4 KiB is read, a byte more is refused", "[secrets]") {
  const Folder folder;
  CHECK(ReadSecretFile(folder.Write(std::string(4096, 'x')))->Reveal().size() == 4096);
  CHECK_FALSE(ReadSecretFile(folder.Write(std::string(4097, 'x'))));
}

TEST_CASE("a file without one line of text is refused", "[secrets][hostile]") {
  const Folder folder;
  const std::string content =
      GENERATE(as<std::string>{}, "", "\n", "\r\n\n", "a\nb", "a\rb\n", std::string{"a\0b", 3});
  CAPTURE(content);
  const auto file = folder.Write(content);
  const auto secret = ReadSecretFile(file);
  REQUIRE_FALSE(secret);
  CHECK(secret.error().code == ErrorCode::kInvalidInput);
  CHECK(secret.error().message.rfind(file.string() + " ", 0) == 0);
}

TEST_CASE("what is no file is refused at once", "[secrets][hostile]") {
  const Folder folder;
  const auto fifo = folder.path() / "fifo";
  REQUIRE(mkfifo(fifo.c_str(), 0600) == 0);  // nobody writes to it
  for (const std::filesystem::path& path :
       {folder.path(), fifo, std::filesystem::path{"/dev/zero"}}) {
    CAPTURE(path);
    const auto secret = ReadSecretFile(path);
    REQUIRE_FALSE(secret);
    CHECK(secret.error().code == ErrorCode::kInvalidInput);
  }
  const auto missing = ReadSecretFile(folder.path() / "none");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::kNotFound);
  CHECK(missing.error().message.find("none: No such file or directory") != std::string::npos);
}

TEST_CASE("a symbolic link to a secret is as good as the file", "[secrets]") {
  const Folder folder;
  std::filesystem::create_symlink(folder.Write("s3cr3t"), folder.path() / "link");
  CHECK(ReadSecretFile(folder.path() / "link"));
}

TEST_CASE("who else may read a secret is said", "[secrets]") {
  const Folder folder;
  CHECK_FALSE(WhoElseReads(folder.Write("s", 0600)));
  CHECK_FALSE(WhoElseReads(folder.Write("s", 0622)));  // written is not read
  CHECK(WhoElseReads(folder.Write("s", 0640)) == "can be read by its group");
  CHECK(WhoElseReads(folder.Write("s", 0604)) == "can be read by every user");
  CHECK_FALSE(WhoElseReads(folder.path() / "none"));

  setenv("CREDENTIALS_DIRECTORY", folder.path().c_str(), 1);
  CHECK_FALSE(WhoElseReads(folder.Write("s", 0440)));
  unsetenv("CREDENTIALS_DIRECTORY");
}

}  // namespace
}  // namespace backup_monitor
