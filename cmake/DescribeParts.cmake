# Run after the link of the release: what the program is made of, from what it says of itself (`--version`).
#
#   cmake -DPROGRAM=… -DCURL=… -P DescribeParts.cmake
#
# writes PROGRAM.spdx.json (SPDX 2.3, https://spdx.github.io/spdx-spec/v2.3/) and, in the same folder,
# third-party-notices.txt with the notices that the licences of the parts want beside every copy. They are those of
# the Debian packages that were linked, curl's those of its source package (CURL is what build-curl.sh has built).
cmake_minimum_required(VERSION 3.25)

# Of what each library brings into the program, by the copyright file of its package in Debian 12. Debian's packaging,
# tests, tools and documentation are under other licences in places; none of them is linked.
set(licences
  "Abseil=Apache-2.0"
  "OpenSSL=Apache-2.0"
  "libcurl=curl AND ISC"
  "c-ares=MIT AND ISC"
  "Pistache=Apache-2.0"
  "RapidJSON=MIT"
  "hiredis=BSD-3-Clause"
  "SQLite=blessing"
  "yaml-cpp=MIT"
  "mustache=BSL-1.0"
  "spdlog=MIT"
  "fmt=MIT"
  "CLI11=BSD-3-Clause"
  "expected=CC0-1.0"
  "libstdc++=GPL-3.0-or-later WITH GCC-exception-3.1"
  "glibc=LGPL-2.1-or-later")
# What those copyright files only refer to.
set(common_texts Apache-2.0 CC0-1.0 GPL-3 LGPL-2.1)
set(project https://github.com/nethserver/ns8-backup-monitor)

function(read_machine)
  execute_process(COMMAND dpkg --print-architecture OUTPUT_VARIABLE architecture
    OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  foreach(key ID VERSION_ID)
    file(STRINGS /etc/os-release line REGEX "^${key}=")
    string(REGEX REPLACE "^${key}=\"?([^\"]*)\"?$" "\\1" ${key} "${line}")
  endforeach()
  set(architecture ${architecture} PARENT_SCOPE)
  set(distribution ${ID} PARENT_SCOPE)
  set(distro ${ID}-${VERSION_ID} PARENT_SCOPE)
endfunction()

function(licence_of name result)
  foreach(entry IN LISTS licences)
    if(entry MATCHES "^([^=]+)=(.+)$" AND CMAKE_MATCH_1 STREQUAL name)
      set(${result} "${CMAKE_MATCH_2}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "${name} is linked, and cmake/DescribeParts.cmake does not know its licence")
endfunction()

# purl-spec, type deb. Of Debian's versions only these characters are not allowed as they are.
function(package_url package version result)
  string(REPLACE "+" "%2B" version "${version}")
  string(REPLACE ":" "%3A" version "${version}")
  string(REPLACE "+" "%2B" package "${package}")
  set(of ${architecture})
  if(package STREQUAL curl)
    set(of source)
  endif()
  set(${result} "pkg:deb/${distribution}/${package}@${version}?arch=${of}&distro=${distro}" PARENT_SCOPE)
endfunction()

function(copyright_of package result)
  set(file /usr/share/doc/${package}/copyright)
  if(package STREQUAL curl)
    set(file ${CURL}/copyright)
  endif()
  file(READ "${file}" text)
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

read_machine()
execute_process(COMMAND ${PROGRAM} --version OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE "\n" ";" lines "${said}")
list(POP_FRONT lines first)
string(REGEX REPLACE "^.* " "" version "${first}")
get_filename_component(folder ${PROGRAM} DIRECTORY)
set(rule "\n========================================================================\n")
set(packages)
set(links)
set(expressions MIT)
set(notices "Backup monitor ${version} is linked statically. It is Copyright (C) 2026 The ns8-backup-monitor authors, under the
MIT licence (${project}/blob/main/LICENSE), and contains the libraries below,
whose own notices follow as Debian states them. Some parts of those statements are about files that are not linked.
The sources of this program, with which it can be linked anew with another glibc: ${project}
The sources of the libraries: https://sources.debian.org
")
foreach(line IN LISTS lines)
  if(line STREQUAL "")
    continue()
  endif()
  if(NOT line MATCHES "^  ([^ ]+) ([^ ]+) \\(([^ ]+) ([^ )]+)\\)$")
    message(FATAL_ERROR "${PROGRAM} --version says of a library: '${line}'")
  endif()
  set(name ${CMAKE_MATCH_1})
  set(upstream ${CMAKE_MATCH_2})
  set(package ${CMAKE_MATCH_3})
  set(packaged ${CMAKE_MATCH_4})
  licence_of(${name} licence)
  string(REPLACE " AND " ";" each "${licence}")
  list(APPEND expressions ${each})
  package_url(${package} ${packaged} url)
  copyright_of(${package} copyright)
  string(REGEX REPLACE "[^A-Za-z0-9.-]" "-" id "SPDXRef-${name}")
  string(APPEND packages ",
    {
      \"SPDXID\": \"${id}\",
      \"name\": \"${name}\",
      \"versionInfo\": \"${upstream}\",
      \"supplier\": \"Organization: Debian\",
      \"downloadLocation\": \"NOASSERTION\",
      \"filesAnalyzed\": false,
      \"licenseConcluded\": \"${licence}\",
      \"licenseDeclared\": \"${licence}\",
      \"copyrightText\": \"NOASSERTION\",
      \"primaryPackagePurpose\": \"LIBRARY\",
      \"sourceInfo\": \"${package} ${packaged}\",
      \"externalRefs\": [
        {\"referenceCategory\": \"PACKAGE-MANAGER\", \"referenceType\": \"purl\", \"referenceLocator\": \"${url}\"}
      ]
    }")
  string(APPEND links ",
    {\"spdxElementId\": \"SPDXRef-backup-monitor\", \"relationshipType\": \"STATIC_LINK\", \"relatedSpdxElement\": \"${id}\"}")
  string(APPEND notices "${rule}${name} ${upstream} (${package} ${packaged}): ${licence}${rule}\n${copyright}")
endforeach()
foreach(name IN LISTS common_texts)
  file(READ /usr/share/common-licenses/${name} text)
  string(APPEND notices "${rule}/usr/share/common-licenses/${name}, to which the above refers${rule}\n${text}")
endforeach()
list(REMOVE_DUPLICATES expressions)
list(JOIN expressions " AND " expression)
file(SHA256 ${PROGRAM} digest)
string(TIMESTAMP created "%Y-%m-%dT%H:%M:%SZ" UTC)
file(WRITE ${folder}/third-party-notices.txt "${notices}")
file(WRITE ${PROGRAM}.spdx.json "{
  \"spdxVersion\": \"SPDX-2.3\",
  \"dataLicense\": \"CC0-1.0\",
  \"SPDXID\": \"SPDXRef-DOCUMENT\",
  \"name\": \"backup-monitor-${version}\",
  \"documentNamespace\": \"${project}/spdx/backup-monitor-${version}-${digest}\",
  \"creationInfo\": {
    \"created\": \"${created}\",
    \"creators\": [\"Organization: The ns8-backup-monitor authors\", \"Tool: cmake-${CMAKE_VERSION}\"]
  },
  \"packages\": [
    {
      \"SPDXID\": \"SPDXRef-backup-monitor\",
      \"name\": \"backup-monitor\",
      \"versionInfo\": \"${version}\",
      \"supplier\": \"Organization: The ns8-backup-monitor authors\",
      \"downloadLocation\": \"${project}\",
      \"filesAnalyzed\": false,
      \"checksums\": [{\"algorithm\": \"SHA256\", \"checksumValue\": \"${digest}\"}],
      \"licenseConcluded\": \"${expression}\",
      \"licenseDeclared\": \"MIT\",
      \"copyrightText\": \"Copyright (C) 2026 The ns8-backup-monitor authors\",
      \"primaryPackagePurpose\": \"APPLICATION\"
    }${packages}
  ],
  \"relationships\": [
    {\"spdxElementId\": \"SPDXRef-DOCUMENT\", \"relationshipType\": \"DESCRIBES\", \"relatedSpdxElement\": \"SPDXRef-backup-monitor\"}${links}
  ]
}
")
