#!/bin/bash

# Run a command with a Node.js that can build the page first on PATH.
#
#   scripts/with-node.sh COMMAND [ARGUMENT...]
#
# Vite 7 wants 20.19 or later (its package.json, "engines"); Debian 12 has 18. Where PATH has nothing newer,
# the one that npm's package node-linux-<arch> carries is put into build/node, once.

set -euo pipefail

readonly wanted=20.19
readonly brought=22.23.3
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$root/build/node

is_fit() { # NODE
  local version
  version=$("$1" --version 2>/dev/null) || return 1
  printf '%s\n' "$wanted" "${version#v}" | sort --version-sort --check=quiet
}

if ! command -v npm >/dev/null; then
  echo "with-node.sh: npm is missing; scripts/install-packages.sh installs it, or take Node.js $wanted or later" >&2
  exit 1
fi
if ! is_fit node; then
  package=node-linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
  bin=$folder/node_modules/$package/bin
  if ! is_fit "$bin/node"; then
    mkdir -p "$folder"
    npm install --prefix "$folder" --no-save --no-audit --no-fund --ignore-scripts "$package@$brought" >&2
  fi
  is_fit "$bin/node" || { echo "with-node.sh: $bin/node does not run here" >&2; exit 1; }
  PATH=$bin:$PATH
fi
exec "$@"
