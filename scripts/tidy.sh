#!/usr/bin/env bash
# clang-tidy with the rules of .clang-tidy. Its findings are errors.
#
#   scripts/tidy.sh             src
#   scripts/tidy.sh --all       src and tests
#   scripts/tidy.sh FILE...     these sources, with the rest of their rooms
#
# It reads clang's commands without precompiled headers: those of g++ mean nothing to it. A room is read as one, or as
# a few (cmake/Rooms.cmake): most of the time goes into what its sources include.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/build.sh tidy generated_sources
united() { # FOLDER...
  find "$@" -name '*_unity_*.cc' | sort
}
case ${1:-} in
  '') mapfile -t sources < <(united build/tidy/src; echo "$PWD/src/main.cc") ;;
  --all) mapfile -t sources < <(united build/tidy/src build/tidy/tests; echo "$PWD/src/main.cc") ;;
  *)
    sources=()
    for file in "$@"; do
      wanted=${file#"$PWD"/}
      mapfile -t found < <(united build/tidy | xargs grep -lF "\"${wanted#*/}\"" || true)
      if ((${#found[@]} == 0)); then found=("$PWD/$wanted"); fi
      sources+=("${found[@]}")
    done
    ;;
esac
run-clang-tidy-14 -quiet -p build/tidy -j "$(nproc)" "${sources[@]/%/\$}" 2>&1 |
  sed -E '/^(clang-tidy-14 |[0-9]+ warnings? (generated|and)|Suppressed |Use -header-filter|$)/d'
