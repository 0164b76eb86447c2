#!/usr/bin/env bash
# Runs every fuzz target for some seconds and prints "ok NAME" or "not ok NAME".
#
#   run.sh FOLDER_OF_TARGETS SECONDS
set -uo pipefail
targets=$1
seconds=$2
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

run_one() { # TARGET
  local target=$1 name dictionary=()
  name=$(basename "$target")
  mkdir -p "$scratch/$name"
  [[ -e $here/$name.dict ]] && dictionary=("-dict=$here/$name.dict")
  if "$target" -max_total_time="$seconds" -max_len=16384 -timeout=10 -artifact_prefix="$scratch/" \
    "${dictionary[@]}" "$scratch/$name" >"$scratch/$name.log" 2>&1; then
    echo "ok $name"
    grep -E 'Done [0-9]+ runs' "$scratch/$name.log"
  else
    echo "not ok $name"
    tail -n 40 "$scratch/$name.log"
  fi >"$scratch/$name.result"
}

# Two at a time: a machine of two cores has nothing else to do then.
for target in "$targets"/*_fuzz; do
  while (($(jobs -rp | wc -l) >= 2)); do wait -n; done
  run_one "$target" &
done
wait
cat "$scratch"/*.result
! grep -q '^not ok ' "$scratch"/*.result
