#!/bin/bash

# Build the page in cluster-admin: ui/ → ui/dist. What is up to date is left as it is.

set -euo pipefail
cd "$(dirname "$0")/../ui"

run() { ../scripts/with-node.sh "$@"; }

# One line that changes when any of the files does.
fingerprint() { # FILE_OR_FOLDER...
  find "$@" -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum
}

packages=$(fingerprint package.json package-lock.json .npmrc)
if [[ ! -e node_modules/.installed || $(<node_modules/.installed) != "$packages" ]]; then
  run npm ci --ignore-scripts
  printf '%s\n' "$packages" >node_modules/.installed
fi

sources=$packages$(fingerprint index.html vite.config.js src public)
if [[ ! -s dist/index.html || ! -e node_modules/.built || $(<node_modules/.built) != "$sources" ]]; then
  rm -f node_modules/.built
  run npm run build
  printf '%s\n' "$sources" >node_modules/.built
fi
