#!/usr/bin/env bash
# Configures and builds one preset (dev, asan, tsan, fuzz, release). Quiet unless something fails.
#
#   scripts/build.sh PRESET [TARGET...]
set -euo pipefail
cd "$(dirname "$0")/.."

preset=$1
shift
# A clone elsewhere finds what this one has compiled.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros
export CCACHE_PCH_EXTSUM=1
# The language of the compiler's messages is part of what ccache compares; in a container there is none set.
unset LC_ALL LC_CTYPE LC_MESSAGES
export LANG=C.UTF-8
mkdir -p build
log=build/$preset.log
begin=$SECONDS
# A precompiled header holds the folder that it was compiled in, so by its bytes it would be another one in
# each clone. What it is made of stands beside it instead, and ccache takes that (ccache(1), PCH_EXTSUM).
describe_precompiled_headers() {
  local header packages=(g++-12 libstdc++-12-dev libc6-dev catch2 libexpected-dev)
  # The release is compiled by GCC alone, also where there is no clang: in the build of the image.
  [[ $preset == release ]] || packages+=(clang-14)
  find "build/$preset" -name cmake_pch.hxx | while read -r header; do
    { cat "$header"
      ! grep -q catch.h "$header" || cat tests/catch.h
      dpkg-query -W -f='${Package} ${Version}\n' "${packages[@]}"
    } 2>/dev/null | sha256sum | cut -d ' ' -f 1 >"$header.gch.sum"
    cp "$header.gch.sum" "$header.pch.sum"
  done
}

if ! { cmake --preset "$preset" && describe_precompiled_headers && cmake --build --preset "$preset" ${1:+--target "$@"} -- -k 0; } >"$log" 2>&1; then
  tail -n 60 "$log"
  echo "building $preset failed; the whole log is $log" >&2
  exit 1
fi
echo "built $preset in $((SECONDS - begin)) s"
