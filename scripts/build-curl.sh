#!/bin/bash

# Build a small static libcurl from Debian's own source package into PREFIX (lib/libcurl.a,
# include/curl, include/curl_package.h with the version of the source package, its copyright file). Debian's
# libcurl.a cannot be linked statically: it wants krb5, ldap and others that have no static library.
#
#   scripts/build-curl.sh [--force] PREFIX
#
# Does nothing if PREFIX was built by this very recipe from the newest source that apt's lists know; --force
# builds again. If a newer one cannot be had, the older build stays, with a warning.
# Needs: dpkg-dev, cmake, ninja-build, gcc, libssl-dev, libc-ares-dev, and root only if the machine's
# apt does. The machine's own apt sources and lists are read, never changed.

set -euo pipefail

# The series of curl's source by Debian release (packages.debian.org/source/curl).
series_of() {
  case $1 in
    12) echo 7.88 ;;
    13) echo 8.14 ;;
  esac
}

# As Debian compiles its own libraries, and our code (cmake/Hardening.cmake).
hardening="-fstack-protector-strong -fstack-clash-protection -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3"
[[ $(uname -m) != x86_64 ]] || hardening+=" -fcf-protection=full"

# SMTP and HTTP with OpenSSL and c-ares. No proxies and no .netrc: the environment of the daemon must
# not redirect its mail. No compression, cookies or caches.
readonly options=(
  -DBUILD_SHARED_LIBS=OFF -DBUILD_CURL_EXE=OFF -DBUILD_TESTING=OFF
  -DCMAKE_BUILD_TYPE=Release "-DCMAKE_C_FLAGS=$hardening" -DCMAKE_POSITION_INDEPENDENT_CODE=ON -DCMAKE_INSTALL_LIBDIR=lib
  -DENABLE_MANUAL=OFF -DENABLE_IPV6=ON -DENABLE_ARES=ON
  -DCURL_USE_OPENSSL=ON -DCURL_CA_BUNDLE=none -DCURL_CA_PATH=none
  -DCURL_ZLIB=OFF -DCURL_BROTLI=OFF -DCURL_ZSTD=OFF -DUSE_NGHTTP2=OFF -DUSE_LIBIDN2=OFF
  -DCURL_USE_LIBSSH2=OFF -DCURL_USE_LIBSSH=OFF -DCURL_USE_LIBPSL=OFF -DCURL_USE_GSSAPI=OFF
  -DENABLE_UNIX_SOCKETS=OFF
)
readonly left_out=(
  DICT FILE FTP GOPHER IMAP LDAP LDAPS MQTT POP3 RTSP SMB TELNET TFTP
  ALTSVC COOKIES DOH HSTS NETRC NTLM PROXY
)

die() {
  echo "build-curl: $*" >&2
  exit 1
}

# Copy the machine's apt sources to folder $1, as source-package entries only.
write_source_entries() {
  local file
  mkdir -p "$1/parts"
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [[ -f $file ]] || continue
    sed -nE 's/^[[:space:]]*deb(-src)?[[:space:]]/deb-src /p' "$file" | sort -u \
      >"$1/parts/$(basename "$file" .list).list"
  done
  for file in /etc/apt/sources.list.d/*.sources; do
    [[ -f $file ]] || continue
    sed -E 's/^Types:.*/Types: deb-src/I' "$file" >"$1/parts/$(basename "$file")"
  done
}

# Unpack curl's source below folder $1 and print where.
fetch_source() {
  local version settings=(
    -qq
    -o "Dir::Etc::SourceList=$1/none" -o "Dir::Etc::SourceParts=$1/parts"
    -o "Dir::State::Lists=$1/lists" -o "Dir::Cache=$1/cache"
    -o APT::Sandbox::User=root
  )
  write_source_entries "$1"
  mkdir -p "$1/lists/partial" "$1/cache/archives/partial" "$1/source"
  # Some other source of this machine may have no source packages: only curl's counts.
  apt-get "${settings[@]}" update >&2 ||
    echo "build-curl: some package source did not answer, going on" >&2
  version="$(apt-cache "${settings[@]}" showsrc --only-source curl |
    sed -nE "s/^Version: ($series.*)/\1/p" | sort -V | tail -n 1)"
  [[ -n $version ]] || die "apt knows no source package of curl $series"
  (cd "$1/source" && apt-get "${settings[@]}" source "curl=$version") >"$1/source.log" 2>&1 ||
    { tail -n 30 "$1/source.log" >&2; die "the source package did not unpack"; }
  find "$1/source" -mindepth 1 -maxdepth 1 -type d -name "curl-$series*"
}

# Is the version $1 older than what the machine's lists know?
is_outdated() {
  local newest
  newest=$(LC_ALL=C apt-cache policy curl 2>/dev/null | sed -nE "s/^  Candidate: ($series.*)/\1/p" | sed -E 's/\+b[0-9]+$//')
  [[ -n $newest ]] && dpkg --compare-versions "$newest" gt "$1"
}

build() { # source, build folder, prefix
  local name arguments=("${options[@]}")
  for name in "${left_out[@]}"; do arguments+=("-DCURL_DISABLE_$name=ON"); done
  if command -v ccache >/dev/null; then
    arguments+=(-DCMAKE_C_COMPILER_LAUNCHER=ccache)
    # The folder is another one each time: what lies below it is known by its path from there.
    export CCACHE_BASEDIR CCACHE_NOHASHDIR=1
    CCACHE_BASEDIR=$(dirname "$2")
  fi
  cmake -S "$1" -B "$2" -G Ninja -DCMAKE_INSTALL_PREFIX="$3" "${arguments[@]}" >"$2.log" 2>&1 ||
    { tail -n 30 "$2.log" >&2; die "configuring failed"; }
  cmake --build "$2" >>"$2.log" 2>&1 || { tail -n 30 "$2.log" >&2; die "compiling failed"; }
  cmake --install "$2" >>"$2.log" 2>&1 || { tail -n 30 "$2.log" >&2; die "installing failed"; }
}

main() {
  local force='' prefix recipe release
  [[ ${1:-} == --force ]] && { force=yes; shift; }
  [[ $# -eq 1 && -n $1 ]] || die "usage: build-curl.sh [--force] PREFIX"
  # shellcheck source=/dev/null # the release that this machine is
  release="$(. /etc/os-release && echo "${VERSION_ID:-}")"
  series="$(series_of "$release")"
  [[ -n $series ]] || die "Debian release '$release' is not known; add its series of curl to series_of()"
  readonly series
  mkdir -p "$(dirname "$1")"
  prefix="$(cd "$(dirname "$1")" && pwd)/$(basename "$1")"
  recipe="$(sha256sum <"${BASH_SOURCE[0]}")"

  # Two builds at once (two presets) wait for each other; the second finds the first's work.
  exec 9>"$prefix.lock"
  flock 9
  if [[ -z $force && -f $prefix/recipe && $(<"$prefix/recipe") == "$recipe" ]]; then
    is_outdated "$(<"$prefix/version")" || exit 0
    flock -u 9 # for the one that renews it
    "${BASH_SOURCE[0]}" --force "$prefix" 9>&- ||
      echo "build-curl: warning: curl $(<"$prefix/version") stays, without the updates of the newer one" >&2
    exit 0
  fi
  renew "$prefix" "$recipe"
}

renew() { # prefix, recipe
  local prefix=$1 recipe=$2 work tool source
  for tool in apt-get dpkg-source cmake ninja cc; do
    command -v "$tool" >/dev/null || die "$tool is missing"
  done
  work="$(mktemp -d)"
  # shellcheck disable=SC2064 # expanded now: `work` is local
  trap "rm -rf '$work'" EXIT

  echo "build-curl: fetching the source package of curl" >&2
  source="$(fetch_source "$work")"
  echo "build-curl: building $(basename "$source"), about a minute" >&2
  build "$source" "$work/build" "$work/prefix"
  (cd "$source" && dpkg-parsechangelog -S Version) >"$work/prefix/version"
  printf '#pragma once\n#define CURL_PACKAGE_VERSION "%s"\n' "$(<"$work/prefix/version")" >"$work/prefix/include/curl_package.h"
  cp "$source/debian/copyright" "$work/prefix/copyright"
  echo "$recipe" >"$work/prefix/recipe"
  rm -rf "$prefix"
  mv "$work/prefix" "$prefix"
  echo "build-curl: curl $(<"$prefix/version") is in $prefix" >&2
}

main "$@"
