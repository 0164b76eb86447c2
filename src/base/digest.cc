#include "base/digest.h"

#include <openssl/evp.h>

#include <array>
#include <new>

namespace backup_monitor {
namespace {

/// Looked up once: EVP_sha256() would be looked up again by every use (OpenSSL 3.0, EVP_MD_fetch(3)).
const EVP_MD* Sha256() {
  static const EVP_MD* const kSha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return kSha256;
}

EVP_MD_CTX* AsContext(void* context) { return static_cast<EVP_MD_CTX*>(context); }

/// In a library that has SHA-256, what fails here is memory.
void Require(int result) {
  if (result != 1) throw std::bad_alloc{};
}

}  // namespace

void Digest::Free::operator()(void* context) const noexcept { EVP_MD_CTX_free(AsContext(context)); }

Digest::Digest() : context_{EVP_MD_CTX_new()} {
  Require(context_ && EVP_DigestInit_ex2(AsContext(context_.get()), Sha256(), nullptr) == 1 ? 1
                                                                                            : 0);
}

Digest& Digest::Add(std::string_view part) {
  Require(EVP_DigestUpdate(AsContext(context_.get()), part.data(), part.size()));
  return *this;
}

std::string Digest::Hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  Require(EVP_DigestFinal_ex(AsContext(context_.get()), bytes.data(), nullptr));
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(kHexSize);
  for (std::size_t i = 0; i < kHexSize / 2; ++i) {
    hex += kDigits[bytes.at(i) >> 4U];
    hex += kDigits[bytes.at(i) & 0xfU];
  }
  return hex;
}

}  // namespace backup_monitor
