# Run by embed_files(): writes HEADER and SOURCE for the files in FILES (separated by |).
string(REPLACE "|" ";" FILES "${FILES}")
file(WRITE "${HEADER}" "#pragma once

#include <string_view>

namespace backup_monitor::embedded::${NAMESPACE} {

/// The embedded file of that name, without folder. Empty if there is none.
std::string_view Find(std::string_view name);

}  // namespace backup_monitor::embedded::${NAMESPACE}
")
set(arrays)
set(finds)
set(index 0)
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" hex HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
  string(APPEND arrays "constexpr unsigned char kFile${index}[] = {${bytes}0};\n")
  string(APPEND finds "  if (name == \"${name}\") return {reinterpret_cast<const char*>(kFile${index}), sizeof kFile${index} - 1};\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE "${SOURCE}" "#include \"embedded/${NAMESPACE}.h\"

namespace backup_monitor::embedded::${NAMESPACE} {
namespace {
${arrays}}  // namespace

std::string_view Find(std::string_view name) {
${finds}  return {};
}

}  // namespace backup_monitor::embedded::${NAMESPACE}
")
