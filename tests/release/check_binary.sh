#!/usr/bin/env bash
# The shipped binary: fully static, stripped, at most 12 MB, and it starts.
set -euo pipefail
binary=$1

if file "$binary" | grep -q 'dynamically linked'; then
  echo "$binary is dynamically linked" >&2
  exit 1
fi
file "$binary" | grep -Eq 'static(ally|-pie) linked' || { echo "$binary is not static" >&2; exit 1; }
file "$binary" | grep -q ', stripped' || { echo "$binary is not stripped" >&2; exit 1; }
bytes=$(stat -c %s "$binary")
echo "$binary: $bytes bytes"
((bytes <= 12 * 1024 * 1024)) || { echo "$binary is larger than 12 MB" >&2; exit 1; }
"$binary" --version
