#!/bin/bash

#
# Copyright (C) 2026 The ns8-backup-monitor authors
# SPDX-License-Identifier: GPL-3.0-or-later
#

# Build both images with buildah: the daemon's, and the module's, which NS8 installs. The page in the latter
# is built by npm.
#
#   REPOBASE    where they will be pushed to (default ghcr.io/nethserver)
#   IMAGETAG    their tag (default latest)
#   CCACHE_DIR  a compiler cache to be used in the build container
#   CI, GITHUB_OUTPUT  set by GitHub: the images are named in that file for the next step
#
# The symbols of the daemon's program, for backtraces, end up in build/symbols/backup-monitor-TAG.debug.

set -euo pipefail
cd "$(dirname "$0")"

repobase=${REPOBASE:-ghcr.io/nethserver}
repobase=${repobase,,} # registries want lower case
tag=${IMAGETAG:-latest}
module=$repobase/backup-monitor
daemon=$repobase/backup-monitor-daemon
version=$(sed -nE 's/^project\(.* VERSION ([0-9.]+).*/\1/p' CMakeLists.txt)
source_url=https://github.com/nethserver/ns8-backup-monitor

oci_labels=(
    "org.opencontainers.image.source=$source_url"
    "org.opencontainers.image.documentation=$source_url/blob/main/README.md"
    "org.opencontainers.image.licenses=GPL-3.0-or-later"
    "org.opencontainers.image.version=$version"
    "org.opencontainers.image.revision=$(git rev-parse HEAD 2>/dev/null || echo unknown)"
)
labels=()
for label in "${oci_labels[@]}"; do labels+=("--label=$label"); done

echo "== $daemon:$tag"
cache=()
if [[ -n ${CCACHE_DIR:-} ]]; then
    mkdir -p "$CCACHE_DIR"
    cache=("--volume=$(realpath "$CCACHE_DIR"):/root/.cache/ccache")
fi
symbols=$PWD/build/symbols
mkdir -p "$symbols"
cache+=("--volume=$symbols:/symbols")
buildah bud --layers --network=host --build-arg="PACKAGES_OF=$(date -u +%F)" "${cache[@]}" "${labels[@]}" \
    --label="org.opencontainers.image.title=Backup monitor daemon" \
    --tag="$daemon:$tag" .

# A layer that was built before brings none: then those of that build are still there.
if [[ -e $symbols/backup-monitor.debug ]]; then
    mv "$symbols/backup-monitor.debug" "$symbols/backup-monitor-$tag.debug"
fi

echo "== $module:$tag"
scripts/build-page.sh

# What running the tests leaves there has no place in an image.
find imageroot -name __pycache__ -prune -exec rm -r {} +
container=$(buildah from scratch)
trap 'buildah rm "$container" >/dev/null' EXIT
buildah add --quiet "$container" imageroot /imageroot
buildah add --quiet "$container" ui/dist /ui
# min-core: since core 3.20 the backup status of modules is stored per node, and since 3.20.1 (ns8-core
# 8755141e) a failed retention counts as a failed backup: on an older core this module would know less
# than it says.
# authorizations: of the cluster's agent the actions that only read, for read-backup-snapshots: a module may
# look into its own backup repository alone. Nothing smaller has it. The rest of what this module reads every
# module may read, and what it writes are its own keys.
buildah config --entrypoint=/ "${labels[@]}" \
    --label="org.opencontainers.image.title=Backup monitor" \
    --label="org.opencontainers.image.description=Reports what each backup of a NethServer 8 cluster saved, by mail" \
    --label="org.nethserver.rootfull=0" \
    --label="org.nethserver.tcp-ports-demand=1" \
    --label="org.nethserver.max-per-node=1" \
    --label="org.nethserver.min-core=3.20.1" \
    --label="org.nethserver.authorizations=cluster:reader" \
    --label="org.nethserver.images=$daemon:$tag" \
    "$container"
buildah commit --quiet "$container" "$module:$tag" >/dev/null

images=("$module" "$daemon")
if [[ -n ${CI:-} && -n ${GITHUB_OUTPUT:-} ]]; then
    printf 'images=%s\n' "${images[*]}" >>"$GITHUB_OUTPUT"
else
    printf 'Publish the images with:\n\n'
    for image in "${images[@]}"; do
        printf '  buildah push %s:%s docker://%s:%s\n' "$image" "$tag" "$image" "$tag"
    done
fi
