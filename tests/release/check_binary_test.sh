#!/usr/bin/env bash
# Each check of check_binary.sh is tried with a small program that lacks what it looks for.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/program.cc" <<'TEXT'
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>
int main(int argc, char** argv) {
  char text[16];
  std::vector<int> numbers(static_cast<std::size_t>(argc));
  std::strcpy(text, argc > 2 ? argv[2] : "1.0");
  std::printf("%s %d\n", text, numbers[std::strlen(argv[0]) % 2]);
  return std::string{text}.empty() ? 1 : 0;
}
TEXT

# As src/CMakeLists.txt does it, with cmake/Hardening.cmake's options. "-name" takes one away.
readonly good=(-O2 -g1 -fPIE -fstack-protector-strong -fstack-clash-protection -fcf-protection=full
  -D_FORTIFY_SOURCE=3 -D_GLIBCXX_ASSERTIONS -static-pie "-Wl,-z,relro" "-Wl,-z,now" "-Wl,-z,noexecstack")

build() { # WITHOUT [MORE...]: every good option but the one that is named, and more
  local without=$1 option options=()
  shift
  for option in "${good[@]}"; do [[ $option == "$without" ]] || options+=("$option"); done
  rm -f "$folder"/program "$folder"/program.debug
  g++ "${options[@]}" "$@" -o "$folder/program" "$folder/program.cc"
}

split() {
  (cd "$folder" && objcopy --only-keep-debug program program.debug &&
    objcopy --strip-all --add-gnu-debuglink=program.debug program)
}

failed=0
refused() { # WORDS: the check fails, and says this
  local said
  if said=$("$here/check_binary.sh" "$folder/program" 2>&1 >/dev/null); then
    echo "not refused: $1" >&2
    failed=1
  elif [[ $said != *"$1"* ]]; then
    printf 'expected "%s", got:\n%s\n' "$1" "$said" >&2
    failed=1
  fi
}

build none && split
"$here/check_binary.sh" "$folder/program" >/dev/null
build -static-pie -static -no-pie && split && refused "is not position independent"
build -static-pie -pie && split && refused "is dynamically linked" && refused "wants a dynamic loader"
build -Wl,-z,noexecstack -Wl,-z,execstack && split && refused "has an executable stack"
build -Wl,-z,relro -Wl,-z,norelro && split && refused "has no read-only relocations"
build -Wl,-z,now -Wl,-z,lazy && split && refused "binds late"
build -fcf-protection=full && split && refused "compiled without -fcf-protection=full"
build -fstack-protector-strong && split && refused "compiled without -fstack-protector-strong"
build -fstack-clash-protection && split && refused "compiled without -fstack-clash-protection"
build -D_FORTIFY_SOURCE=3 -U_FORTIFY_SOURCE && split && refused "does not use the checked functions"
build -D_GLIBCXX_ASSERTIONS && split && refused "has no assertions of the standard library"
build -g1 && split && refused "has no symbols with line numbers"
build none && split && rm "$folder/program.debug" && refused "has no symbols beside it"
build none && split && cp "$folder/program" "$folder/kept" && build none -DOTHER=1 -O1 && split && mv "$folder/kept" "$folder/program" &&
  refused "are not of the same build"
build none && (cd "$folder" && objcopy --only-keep-debug program program.debug && objcopy --strip-all program) &&
  refused "does not name its symbols"
build none && (cd "$folder" && objcopy --only-keep-debug program program.debug &&
  objcopy --add-gnu-debuglink=program.debug program) && refused "is not stripped"
build none -DHUGE=1 && split && truncate -s 14M "$folder/program" && refused "is larger than 13 MB"
exit "$failed"
