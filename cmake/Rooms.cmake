# A room of the house (docs/architecture.md): one folder of src/, one static library.
#
#   room(report SOURCES subject.cc ... USES model LIBRARIES third_party::mustache)
#
# The standard headers that nearly every file includes are compiled once for all rooms (room_header): a
# third of the time of a build. Each file still includes what it uses.
#
# USES names other rooms, LIBRARIES third-party targets; both are private unless a public header
# needs them, which only base/ (expected, RapidJSON) does.
function(room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
  string(REPLACE "/" "_" target room_${name})
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
