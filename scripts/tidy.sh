#!/usr/bin/env bash
# clang-tidy with the rules of .clang-tidy. Its findings are errors.
#
#   scripts/tidy.sh             src
#   scripts/tidy.sh --all       src and tests
#   scripts/tidy.sh --changed   what has changed in src since the upstream branch, at least since the last commit but one
#   scripts/tidy.sh FILE...     these files, with the rest of their rooms
#
# It reads clang's commands without precompiled headers: those of g++ mean nothing to it. A room is read as one, or as
# a few (cmake/Rooms.cmake): most of the time goes into what its sources include.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/build.sh tidy generated_sources own_curl
united() { # FOLDER...
  find "$@" -name '*_unity_*.cc' | sort
}
# The units that hold the given files; for a header all units of its folder.
units_of() { # FILE...
  local file wanted
  for file in "$@"; do
    wanted=${file#"$PWD"/}
    case $wanted in
      src/main.cc) echo "$PWD/$wanted" ;;
      *.cc) united build/tidy | xargs grep -lF "\"${wanted#*/}\"" || echo "$PWD/$wanted" ;;
      *.h) united "build/tidy/$(dirname "$wanted")" ;;
    esac
  done 2>/dev/null | sort -u
}
changed_files() {
  local base
  base=$(git merge-base HEAD '@{upstream}' 2>/dev/null) || base=HEAD
  [[ $(git rev-parse "$base") != "$(git rev-parse HEAD)" ]] || base=$(git rev-parse --verify -q HEAD~1 || echo HEAD)
  git diff --name-only --diff-filter=d "$base" -- src | grep -E '\.(cc|h)$' || true
}
case ${1:-} in
  '') mapfile -t sources < <(united build/tidy/src; echo "$PWD/src/main.cc") ;;
  --all) mapfile -t sources < <(united build/tidy/src build/tidy/tests; echo "$PWD/src/main.cc") ;;
  --changed)
    mapfile -t files < <(changed_files)
    mapfile -t sources < <(units_of "${files[@]}")
    ;;
  *) mapfile -t sources < <(units_of "$@") ;;
esac
if ((${#sources[@]} == 0)); then
  echo "nothing to read"
  exit
fi
run-clang-tidy-14 -quiet -p build/tidy -j "$(nproc)" "${sources[@]/%/\$}" 2>&1 |
  sed -E '/^(clang-tidy-14 |[0-9]+ warnings? (generated|and)|Suppressed |Use -header-filter|$)/d'
