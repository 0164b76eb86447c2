#pragma once

// Catch2 for every test, the one place that knows which of its series the machine has: 2 in Debian 12, 3 in
// Debian 13, where the matchers of strings have other names and places (Catch2 v3.7.1, docs/migrate-v2-to-v3.md).
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>

namespace Catch {
using Matchers::EndsWith;
using Matchers::StartsWith;
inline auto Contains(const std::string& part) { return Matchers::ContainsSubstring(part); }
}  // namespace Catch
#else
#include <catch2/catch.hpp>
#endif
