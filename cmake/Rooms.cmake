# unite(<target> <root> <variable>): with BACKUP_MONITOR_UNITY the sources that the variable lists become a few that
# include up to 16 of them each; one that is named by its full path stays by itself. Most of ours are short, and what
# they include is most of what is compiled. Their names must differ, also in unnamed namespaces. CMake's own
# UNITY_BUILD includes sources by their full path, so that the compiler's cache never finds what another clone has
# compiled; here it is the path from <root>, which is an include directory.
function(unite target root variable)
  if(NOT BACKUP_MONITOR_UNITY)
    return()
  endif()
  file(RELATIVE_PATH folder ${root} ${CMAKE_CURRENT_SOURCE_DIR})
  set(rest ${${variable}})
  set(united ${rest})
  list(FILTER united INCLUDE REGEX "^/")
  list(FILTER rest EXCLUDE REGEX "^/")
  while(rest)
    list(SUBLIST rest 0 16 batch)
    list(REMOVE_ITEM rest ${batch})
    list(TRANSFORM batch REPLACE "(.+)" "#include \"${folder}/\\1\"\n")
    list(JOIN batch "" lines)
    list(LENGTH united number)
    set(file ${CMAKE_CURRENT_BINARY_DIR}/${target}_unity_${number}.cc)
    file(CONFIGURE OUTPUT ${file} CONTENT "${lines}" @ONLY)
    list(APPEND united ${file})
  endwhile()
  set(${variable} ${united} PARENT_SCOPE)
endfunction()

# A room of the house (docs/architecture.md): one folder of src/, one static library.
#
#   room(report/mail SOURCES page.cc ... USES report/words LIBRARIES third_party::mustache)
#
# The standard headers that nearly every file includes are compiled once for all rooms (room_header): a
# third of the time of a build. Each file still includes what it uses.
#
# USES names other rooms, LIBRARIES third-party targets; both are private unless a public header
# needs them, which only base/ (expected, RapidJSON) does.
function(room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
  string(REPLACE "/" "_" target room_${name})
  unite(${target} ${CMAKE_SOURCE_DIR}/src ROOM_SOURCES)
  add_library(${target} STATIC ${ROOM_SOURCES})
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  list(TRANSFORM ROOM_USES PREPEND room_)
  list(TRANSFORM ROOM_USES REPLACE "/" "_")
  target_link_libraries(${target} PUBLIC ${ROOM_USES} third_party::expected
    PRIVATE backup_monitor_warnings ${ROOM_LIBRARIES})
  target_precompile_headers(${target} REUSE_FROM room_header)
endfunction()

# Tests of one room, one Catch2 executable, one CTest entry per executable:
#
#   room_test(report SOURCES subject_test.cc ... USES report)
#
# Those in BACKUP_MONITOR_THREADED_TESTS carry the label `threaded` and are what the thread sanitizer
# runs (target threaded_tests).
function(room_test name)
  cmake_parse_arguments(TEST "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
  string(REPLACE "/" "_" target test_${name})
  unite(${target} ${CMAKE_SOURCE_DIR}/tests TEST_SOURCES)
  add_executable(${target} ${TEST_SOURCES})
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  list(TRANSFORM TEST_USES PREPEND room_)
  list(TRANSFORM TEST_USES REPLACE "/" "_")
  target_link_libraries(${target} PRIVATE ${TEST_USES} catch_main backup_monitor_warnings ${TEST_LIBRARIES})
  target_precompile_headers(${target} REUSE_FROM catch_header)
  add_test(NAME ${name} COMMAND ${target})
  set_tests_properties(${name} PROPERTIES TIMEOUT 300)
  if(name IN_LIST BACKUP_MONITOR_THREADED_TESTS)
    set_tests_properties(${name} PROPERTIES LABELS threaded)
    add_dependencies(threaded_tests ${target})
  endif()
endfunction()
