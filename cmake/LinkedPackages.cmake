# name_linked_packages(<header>): writes `backup_monitor::kLinkedPackages`, the Debian packages that the program
# is made of and their versions. An upstream version does not tell which security updates are in it.
function(name_linked_packages header)
  set(packages libssl-dev libc-ares-dev libpistache-dev rapidjson-dev libhiredis-dev libsqlite3-dev
    libyaml-cpp-dev libkainjow-mustache-dev libspdlog-dev libfmt-dev libcli11-dev libexpected-dev
    libstdc++-12-dev libc6-dev)
  set(lines)
  foreach(package IN LISTS packages)
    execute_process(COMMAND dpkg-query -W -f \${Version} ${package} OUTPUT_VARIABLE version ERROR_QUIET)
    if(version)
      string(APPEND lines "    LinkedPackage{\"${package}\", \"${version}\"},\n")
    endif()
  endforeach()
  file(STRINGS ${BACKUP_MONITOR_DEPS_DIR}/curl/version version LIMIT_COUNT 1)
  string(APPEND lines "    LinkedPackage{\"curl\", \"${version}\"},\n")
  file(CONFIGURE OUTPUT ${header} @ONLY CONTENT "#pragma once

#include <array>
#include <string_view>

namespace backup_monitor {

struct LinkedPackage {
  std::string_view name;
  std::string_view version;
};

inline constexpr std::array kLinkedPackages{
@lines@};

}  // namespace backup_monitor
")
endfunction()
