#!/usr/bin/env bash
# The program as it ships: one file for any kernel, hardened, stripped, with its symbols beside it, at most
# 13 MB, and it starts. Says everything that is wrong.
#
#   check_binary.sh PROGRAM     PROGRAM.debug is beside it
set -uo pipefail
binary=$1
symbols=$1.debug
faults=0

fault() {
  echo "$binary $*" >&2
  faults=$((faults + 1))
}

header=$(readelf --wide --file-header --program-headers --dynamic "$binary") || exit 1
notes=$(readelf --wide --notes "$binary")
sections=$(readelf --wide --sections "$binary")

has() { grep -Eq -- "$2" <<<"$1"; } # TEXT PATTERN

# One file: no loader, no library; at an address that is chosen anew at each start.
has "$header" '^ +Type: +DYN ' || fault "is not position independent (-static-pie)"
if has "$header" '^ +INTERP '; then fault "wants a dynamic loader"; fi
if has "$header" '\(NEEDED\)'; then fault "is dynamically linked"; fi

# What an attacker would write to or jump to.
has "$header" '^ +GNU_STACK .* RW +0x' || fault "has an executable stack"
if has "$header" '^ +LOAD .* RWE '; then fault "has memory that is both writable and executable"; fi
has "$header" '^ +GNU_RELRO ' || fault "has no read-only relocations (-z relro)"
has "$header" '(BIND_NOW|Flags:.* NOW)' || fault "binds late (-z now)"

# Only our own code has line numbers: how it was compiled is told there.
if [[ -f $symbols ]]; then
  # The options of the compiler are in each unit; gcc has no line for definitions of macros.
  compiled=$(readelf --wide --debug-dump=info --dwarf-depth=1 "$symbols" 2>/dev/null | grep DW_AT_producer |
    grep -F 'GNU C++')
  [[ -n $compiled ]] || fault "has no symbols with line numbers in $symbols"
  options=(-fPIE -fstack-protector-strong -fstack-clash-protection)
  # Our code alone: Debian 12 compiles neither its C library nor most of the others so, and the linker marks a
  # program only if every part of it is.
  case $(uname -m) in
    x86_64) options+=(-fcf-protection=full) ;;
    aarch64) options+=(-mbranch-protection=standard) ;;
  esac
  for option in "${options[@]}"; do
    [[ -n $compiled ]] || break
    lacking=$(grep -vcF -- "$option" <<<"$compiled")
    ((lacking == 0)) || fault "has $lacking source files that were compiled without $option"
  done
  # A call that glibc checks is inlined from a header of its own.
  headers=$(readelf --wide --debug-dump=rawline "$symbols" 2>/dev/null)
  has "$headers" '(string_fortified|strings_fortified|socket2|stdio2|poll2)\.h' ||
    fault "does not use the checked functions of glibc (-D_FORTIFY_SOURCE)"
  [[ $(readelf --notes "$symbols" | sed -n 's/.*Build ID: //p') == $(sed -n 's/.*Build ID: //p' <<<"$notes") ]] ||
    fault "and $symbols are not of the same build"
  has "$sections" '\.gnu_debuglink' || fault "does not name its symbols (.gnu_debuglink)"
else
  fault "has no symbols beside it: $symbols is missing"
fi
grep -qaF '__n < this->size()' "$binary" ||
  fault "has no assertions of the standard library (-D_GLIBCXX_ASSERTIONS)"

if has "$sections" '\.(symtab|debug_)'; then fault "is not stripped"; fi
bytes=$(stat -c %s "$binary")
echo "$binary: $bytes bytes"
((bytes <= 13 * 1024 * 1024)) || fault "is larger than 13 MB"
"$binary" --version || fault "does not start"
exit $((faults > 0))
