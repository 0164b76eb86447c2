#!/bin/bash

# Take pictures of rendered sample mails: light, dark and narrow. Needs Debian's chromium.
#
#   screenshots.sh RENDER_SAMPLES FOLDER [SAMPLE...]
#
# RENDER_SAMPLES is the built tool beside this script; pictures land in FOLDER as
# <sample>.<language>.<look>.png. preferredColorScheme is Blink's setting behind the media query
# prefers-color-scheme: 0 is dark, 1 is light (Chromium 156).

set -euo pipefail

render=$1
folder=$2
shift 2
samples=("$@")
if [ ${#samples[@]} -eq 0 ]; then
    samples=(failed partial success early_notice late_notice late_notice_with_errors update several_plans hostile)
fi

profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
mkdir -p "$folder"
"$render" "$folder"

# picture PAGE LOOK WIDTH HEIGHT SCHEME
picture() {
    timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
        --disable-background-networking --hide-scrollbars --user-data-dir="$profile" \
        --force-device-scale-factor="${SCALE:-1}" --blink-settings="preferredColorScheme=$5" \
        --window-size="$3,$4" --screenshot="$folder/$1.$2.png" "file://$(realpath "$folder")/$1.html" 2>/dev/null
}

for sample in "${samples[@]}"; do
    for language in ${LANGUAGES:-en}; do
        picture "$sample.$language" light 720 "${HEIGHT:-1500}" 1
        picture "$sample.$language" dark 720 "${HEIGHT:-1500}" 0
        picture "$sample.$language" narrow 390 "${HEIGHT_NARROW:-1900}" 0
    done
done
