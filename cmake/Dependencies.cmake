# Every third-party library as one imported target, so that a newer version is one line here.
# Static archives are used in every preset: what is tested is what ships.
find_package(Threads REQUIRED)

# tl-expected is header-only: base/result.h is its only reader.
find_path(TL_EXPECTED_INCLUDE tl/expected.hpp REQUIRED)
add_library(third_party::expected INTERFACE IMPORTED)
target_include_directories(third_party::expected SYSTEM INTERFACE ${TL_EXPECTED_INCLUDE})

# By full path: a bare libssl.a would end in -Wl,-Bdynamic, and a static link then meets libstdc++.so.
find_library(SSL_ARCHIVE libssl.a REQUIRED)
find_library(CRYPTO_ARCHIVE libcrypto.a REQUIRED)
find_library(CARES_ARCHIVE libcares.a REQUIRED)

# archive_dependency(<name> <archive> <header> [libraries...])
function(archive_dependency name archive header)
  string(TOUPPER ${name} upper)
  find_library(${upper}_ARCHIVE ${archive} REQUIRED)
  find_path(${upper}_INCLUDE ${header} REQUIRED)
  add_library(third_party::${name} INTERFACE IMPORTED GLOBAL)
  target_include_directories(third_party::${name} SYSTEM INTERFACE ${${upper}_INCLUDE})
  target_link_libraries(third_party::${name} INTERFACE ${${upper}_ARCHIVE} ${ARGN})
endfunction()

# header_dependency(<name> <header> [definitions...])
function(header_dependency name header)
  string(TOUPPER ${name} upper)
  find_path(${upper}_INCLUDE ${header} REQUIRED)
  add_library(third_party::${name} INTERFACE IMPORTED GLOBAL)
  target_include_directories(third_party::${name} SYSTEM INTERFACE ${${upper}_INCLUDE})
  target_compile_definitions(third_party::${name} INTERFACE ${ARGN})
endfunction()

archive_dependency(cares libcares.a ares.h Threads::Threads)
archive_dependency(crypto libcrypto.a openssl/evp.h Threads::Threads ${CMAKE_DL_LIBS})
archive_dependency(pistache libpistache.a pistache/http.h ${SSL_ARCHIVE} ${CRYPTO_ARCHIVE} Threads::Threads)
archive_dependency(yaml_cpp libyaml-cpp.a yaml-cpp/yaml.h)
archive_dependency(hiredis libhiredis.a hiredis/hiredis.h)
archive_dependency(sqlite libsqlite3.a sqlite3.h Threads::Threads ${CMAKE_DL_LIBS} m)
# Abseil: its time zones. A package of many archives, named in the order in which the linker needs them; its own CMake
# targets are the shared libraries.
set(absl_archives)
foreach(name time civil_time time_zone strings strings_internal int128 base spinlock_wait throw_delegate
        raw_logging_internal log_severity)
  find_library(ABSL_${name}_ARCHIVE libabsl_${name}.a REQUIRED)
  list(APPEND absl_archives ${ABSL_${name}_ARCHIVE})
endforeach()
find_path(ABSL_INCLUDE absl/time/time.h REQUIRED)
add_library(third_party::absl_time INTERFACE IMPORTED GLOBAL)
target_include_directories(third_party::absl_time SYSTEM INTERFACE ${ABSL_INCLUDE})
target_link_libraries(third_party::absl_time INTERFACE ${absl_archives} Threads::Threads)

header_dependency(rapidjson rapidjson/document.h)
header_dependency(spdlog spdlog/spdlog.h SPDLOG_FMT_EXTERNAL FMT_HEADER_ONLY)
header_dependency(cli11 CLI/CLI.hpp)
header_dependency(mustache kainjow/mustache.hpp)

# curl: Debian's own archive cannot be linked statically, so a small one is built once from Debian's
# source (scripts/build-curl.sh), also when its recipe changes. Each build asks whether there is a newer one; only
# what uses curl waits for it. Delete the folder to build anew.
set(BACKUP_MONITOR_DEPS_DIR ${CMAKE_SOURCE_DIR}/build/deps CACHE PATH "Libraries that are built from source")
file(MAKE_DIRECTORY ${BACKUP_MONITOR_DEPS_DIR}/curl/include)
add_custom_target(own_curl COMMAND ${CMAKE_SOURCE_DIR}/scripts/build-curl.sh ${BACKUP_MONITOR_DEPS_DIR}/curl
  BYPRODUCTS ${BACKUP_MONITOR_DEPS_DIR}/curl/lib/libcurl.a COMMENT "Looking for our own libcurl" VERBATIM)
add_library(third_party::curl INTERFACE IMPORTED GLOBAL)
add_dependencies(third_party::curl own_curl)
target_compile_definitions(third_party::curl INTERFACE CURL_STATICLIB)
target_include_directories(third_party::curl SYSTEM INTERFACE ${BACKUP_MONITOR_DEPS_DIR}/curl/include)
target_link_libraries(third_party::curl INTERFACE ${BACKUP_MONITOR_DEPS_DIR}/curl/lib/libcurl.a
                      ${SSL_ARCHIVE} ${CRYPTO_ARCHIVE} ${CARES_ARCHIVE} Threads::Threads ${CMAKE_DL_LIBS})
