#!/bin/bash

#
# Copyright (C) 2026 The ns8-backup-monitor authors
# SPDX-License-Identifier: MIT
#

# Build both images with buildah: the daemon's, and the module's, which NS8 installs. The page in the latter
# is built by npm.
#
# The images get no tag here: NS8's workflow (publish-branch.yml of ns8-github-actions 8287d767) pushes each name
# that it is told under the tag that it derives from the branch. Only the module's label names the daemon with it.
#
#   REPOBASE    where they will be pushed to (default ghcr.io/nethserver)
#   IMAGETAG    the branch or tag that they will be pushed under, / becomes - (default latest)
#   CCACHE_DIR  a compiler cache to be used in the build container
#   CI, GITHUB_OUTPUT  set by GitHub: the images are named in that file for the next step
#
# The symbols of the daemon's program, for backtraces, end up in build/symbols/backup-monitor-TAG.debug.

set -euo pipefail
cd "$(dirname "$0")"

repobase=${REPOBASE:-ghcr.io/nethserver}
repobase=${repobase,,} # registries want lower case
tag=${IMAGETAG:-latest}
tag=${tag//\//-}
module=$repobase/backup-monitor
daemon=$repobase/backup-monitor-daemon
version=$(sed -nE 's/^project\(.* VERSION ([0-9.]+).*/\1/p' CMakeLists.txt)
source_url=https://github.com/nethserver/ns8-backup-monitor

oci_labels=(
    "org.opencontainers.image.source=$source_url"
    "org.opencontainers.image.documentation=$source_url/blob/main/README.md"
    "org.opencontainers.image.version=$version"
    "org.opencontainers.image.revision=$(git rev-parse HEAD 2>/dev/null || echo unknown)"
)
# Of each image as a whole: our own code is MIT. tests/node compares them with what the builds say of their parts.
daemon_licenses="MIT AND Apache-2.0 AND curl AND ISC AND BSD-3-Clause AND blessing AND BSL-1.0 AND CC0-1.0"
daemon_licenses+=" AND GPL-3.0-or-later WITH GCC-exception-3.1 AND LGPL-2.1-or-later"
module_licenses="MIT AND Apache-2.0 AND GPL-3.0-or-later"

labels=()
for label in "${oci_labels[@]}"; do labels+=("--label=$label"); done

echo "== $daemon"
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
    --label="org.opencontainers.image.licenses=$daemon_licenses" \
    --tag="$daemon" .

# A layer that was built before brings none: then those of that build are still there.
if [[ -e $symbols/backup-monitor.debug ]]; then
    mv "$symbols/backup-monitor.debug" "$symbols/backup-monitor-$tag.debug"
fi

echo "== $module"
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
# authorizations: of the cluster's agent the actions that only read: list-alerts and get-cluster-status, which off the
# leader are the only way to what they say, and read-backup-snapshots: a module may
# look into its own backup repository alone. Nothing smaller has it. The rest of what this module reads every
# module may read, and what it writes are its own keys.
buildah config --entrypoint=/ "${labels[@]}" \
    --label="org.opencontainers.image.title=Backup monitor" \
    --label="org.opencontainers.image.licenses=$module_licenses" \
    --label="org.opencontainers.image.description=Reports what each backup of a NethServer 8 cluster saved, by mail" \
    --label="org.nethserver.rootfull=0" \
    --label="org.nethserver.tcp-ports-demand=1" \
    --label="org.nethserver.max-per-node=1" \
    --label="org.nethserver.min-core=3.20.1" \
    --label="org.nethserver.authorizations=cluster:reader" \
    --label="org.nethserver.images=$daemon:$tag" \
    "$container"
buildah commit --quiet "$container" "$module" >/dev/null

images=("$module" "$daemon")
if [[ -n ${CI:-} && -n ${GITHUB_OUTPUT:-} ]]; then
    printf 'images=%s\n' "${images[*]}" >>"$GITHUB_OUTPUT"
else
    printf 'Publish the images with:\n\n'
    for image in "${images[@]}"; do
        printf '  buildah push %s docker://%s:%s\n' "$image" "$image" "$tag"
    done
fi
