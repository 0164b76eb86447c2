#!/usr/bin/env bash
# Configures and builds one preset (dev, asan, tsan, fuzz, release), the libraries that Debian does
# not have first. Quiet unless something fails.
#
#   scripts/build.sh PRESET [TARGET...]
set -euo pipefail
cd "$(dirname "$0")/.."

preset=$1
shift
# A clone elsewhere finds what this one has compiled.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros
scripts/build-curl.sh build/deps/curl
mkdir -p build
log=build/$preset.log
begin=$SECONDS
if ! { cmake --preset "$preset" && cmake --build --preset "$preset" ${1:+--target "$@"} -- -k 0; } >"$log" 2>&1; then
  tail -n 60 "$log"
  echo "building $preset failed; the whole log is $log" >&2
  exit 1
fi
echo "built $preset in $((SECONDS - begin)) s"
