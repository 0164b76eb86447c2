# name_linked_packages(<header>): writes `backup_monitor::app::kLinkedPackages`, the Debian packages that the program
# is made of and their versions, but for curl, whose version is in the <curl_package.h> of our own build. An upstream
# version does not say which security updates are in it.
function(name_linked_packages header)
  set(packages libabsl-dev libssl-dev libc-ares-dev libpistache-dev rapidjson-dev libhiredis-dev libsqlite3-dev
    libyaml-cpp-dev libkainjow-mustache-dev libspdlog-dev libfmt-dev libcli11-dev libexpected-dev
    libstdc++-12-dev libc6-dev)
  set(lines)
  foreach(package IN LISTS packages)
    execute_process(COMMAND dpkg-query -W -f \${Version} ${package} OUTPUT_VARIABLE version ERROR_QUIET)
    if(version)
      string(APPEND lines "    LinkedPackage{\"${package}\", \"${version}\"},\n")
    endif()
  endforeach()
  string(APPEND lines "    LinkedPackage{\"curl\", CURL_PACKAGE_VERSION},\n")
  file(CONFIGURE OUTPUT ${header} @ONLY CONTENT "#pragma once

#include <curl_package.h>

#include <array>
#include <string_view>

namespace backup_monitor::app {

struct LinkedPackage {
  std::string_view name;
  std::string_view version;
};

inline constexpr std::array kLinkedPackages{
@lines@};

}  // namespace backup_monitor::app
")
endfunction()

# describe_parts(<program>): beside the program an SBOM of it and the notices of what it contains
# (DescribeParts.cmake). <program>.link.d names every file that the linker read: tests/release compares it.
function(describe_parts target)
  set(script ${CMAKE_SOURCE_DIR}/cmake/DescribeParts.cmake)
  target_link_options(${target} PRIVATE -Wl,--dependency-file=${target}.link.d)
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${script})
  add_custom_command(TARGET ${target} POST_BUILD
    COMMAND ${CMAKE_COMMAND} -DPROGRAM=$<TARGET_FILE:${target}> -DCURL=${BACKUP_MONITOR_DEPS_DIR}/curl -P ${script}
    BYPRODUCTS ${CMAKE_BINARY_DIR}/${target}.spdx.json ${CMAKE_BINARY_DIR}/third-party-notices.txt VERBATIM)
endfunction()
