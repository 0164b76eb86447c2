# embed_files(<target> <namespace> <file>...): text files become `std::string_view` constants.
#
# For each file F.ext the header "embedded/<namespace>.h" declares
# `backup_monitor::embedded::<namespace>::Find("F.ext")`, and the target links the bytes. A daemon
# in an empty image has no files to read at run time; the sources stay files that people can edit.
#
# The target `generated_sources` writes all of them without compiling anything.
add_custom_target(generated_sources)

function(embed_files target namespace)
  set(header ${CMAKE_CURRENT_BINARY_DIR}/embedded/${namespace}.h)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded/${namespace}.cc)
  set(files)
  foreach(file IN LISTS ARGN)
    list(APPEND files ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  string(REPLACE ";" "|" joined "${files}")
  add_custom_command(OUTPUT ${header} ${source}
    COMMAND ${CMAKE_COMMAND} -DNAMESPACE=${namespace} "-DFILES=${joined}" -DHEADER=${header}
            -DSOURCE=${source} -P ${CMAKE_SOURCE_DIR}/cmake/WriteEmbedded.cmake
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/WriteEmbedded.cmake VERBATIM)
  add_custom_target(embed_${namespace} DEPENDS ${header} ${source})
  add_dependencies(generated_sources embed_${namespace})
  target_sources(${target} PRIVATE ${header} ${source})
  target_include_directories(${target} PUBLIC ${CMAKE_CURRENT_BINARY_DIR})
endfunction()
