// Included before every file of a mutated build (scripts/mutants.py): all mutants are in the one program, and
// the environment variable MUTANT says which of them is switched on. Without it the program is what it was.
// MUTANT_REACHED names a file to which the numbers of those that were reached are appended at the end.

#pragma once

#if defined(__cplusplus) && __cplusplus > 201703L

#include <cstdio>
#include <cstdlib>
#include <vector>

namespace mutant {

inline int Chosen() {
  static const int chosen = [] {
    const char* text = std::getenv("MUTANT");
    return text == nullptr ? -1 : std::atoi(text);
  }();
  return chosen;
}

/// The mutants that this process has come to.
struct Reached {
  std::vector<char> numbers = std::vector<char>(20'000);
  Reached() = default;
  Reached(const Reached&) = delete;
  Reached& operator=(const Reached&) = delete;
  ~Reached() {
    const char* path = std::getenv("MUTANT_REACHED");
    std::FILE* file = path == nullptr ? nullptr : std::fopen(path, "a");
    if (file == nullptr) return;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (numbers[i] != 0) std::fprintf(file, "%zu\n", i);
    }
    std::fclose(file);
  }
};

inline Reached& AllReached() {
  static Reached reached;
  return reached;
}

constexpr bool On(int number) {
  if (__builtin_is_constant_evaluated()) return false;
  AllReached().numbers[static_cast<std::size_t>(number)] = 1;
  return Chosen() == number;
}

// For a constant: what could be evaluated while compiling would be, and no switch would reach it.
inline int More(int number) { return On(number) ? 1 : 0; }

// `a < b` is written `a < mutant::Edge<7>{} < b`: the edge moves by one, to `a <= b`.
template <int number>
struct Edge {};
template <int number>
struct Sign {};

template <typename T, int number>
struct Left {
  const T& value;
};

template <typename T, int number>
constexpr Left<T, number> operator<(const T& a, Edge<number>) {
  return {a};
}
template <typename T, int number>
constexpr Left<T, number> operator<=(const T& a, Edge<number>) {
  return {a};
}
template <typename T, int number>
constexpr Left<T, number> operator>(const T& a, Edge<number>) {
  return {a};
}
template <typename T, int number>
constexpr Left<T, number> operator>=(const T& a, Edge<number>) {
  return {a};
}
template <typename T, int number>
constexpr Left<T, number> operator+(const T& a, Sign<number>) {
  return {a};
}
template <typename T, int number>
constexpr Left<T, number> operator-(const T& a, Sign<number>) {
  return {a};
}

template <typename T, int number, typename U>
constexpr bool operator<(Left<T, number> a, const U& b) {
  return On(number) ? a.value <= b : a.value < b;
}
template <typename T, int number, typename U>
constexpr bool operator<=(Left<T, number> a, const U& b) {
  return On(number) ? a.value < b : a.value <= b;
}
template <typename T, int number, typename U>
constexpr bool operator>(Left<T, number> a, const U& b) {
  return On(number) ? a.value >= b : a.value > b;
}
template <typename T, int number, typename U>
constexpr bool operator>=(Left<T, number> a, const U& b) {
  return On(number) ? a.value > b : a.value >= b;
}
template <typename T, int number, typename U>
constexpr auto operator+(Left<T, number> a, const U& b) -> decltype(a.value + b) {
  return On(number) ? a.value - b : a.value + b;
}
// Two points in time have no sum: their difference turns.
template <typename T, int number, typename U>
constexpr auto operator-(Left<T, number> a, const U& b) -> decltype(a.value - b) {
  if constexpr (requires { a.value + b; }) {
    return On(number) ? a.value + b : a.value - b;
  } else {
    return On(number) ? b - a.value : a.value - b;
  }
}

}  // namespace mutant

#endif
