# What makes a mistake in our code, or in a library, hard to exploit. In the release alone: the fortified
# functions need optimisation, and sanitizers see more. tests/release/check_binary.sh looks for each of these
# in what ships.
if(BACKUP_MONITOR_STATIC)
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
  add_compile_options(-fPIE -fstack-protector-strong -fstack-clash-protection
    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
  # Valid targets of indirect jumps are marked (Intel CET, ARM BTI and PAC). Debian 12 compiles its C library and
  # most others without: until it does, the processor does not enforce it.
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    add_compile_options(-fcf-protection=full)
  elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64|arm64")
    add_compile_options(-mbranch-protection=standard)
  endif()
  # With these assertions g++ 12 takes the length of some std::string for a negative one (GCC bugs 105329, 105651).
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 14)
    add_compile_options(-Wno-stringop-overflow -Wno-stringop-overread)
  endif()
  # Line numbers for backtraces; they end up beside the program, see split_symbols().
  add_compile_options(-g1)
endif()

# link_static(<target>): one file that needs no other, at a random address (static-pie), with the tables of
# addresses read-only once the program has begun.
function(link_static target)
  target_link_options(${target} PRIVATE -static-pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code
    -Wl,-z,pack-relative-relocs -Wl,--gc-sections)
endfunction()

# split_symbols(<target>): the program is stripped, and <program>.debug beside it has what gdb and addr2line
# need; gdb finds it by the link in the program.
function(split_symbols target)
  add_custom_command(TARGET ${target} POST_BUILD
    COMMAND ${CMAKE_OBJCOPY} --only-keep-debug --compress-debug-sections $<TARGET_FILE:${target}> ${target}.debug
    COMMAND ${CMAKE_OBJCOPY} --strip-all --add-gnu-debuglink=${target}.debug $<TARGET_FILE:${target}>
    WORKING_DIRECTORY ${CMAKE_BINARY_DIR}
    BYPRODUCTS ${CMAKE_BINARY_DIR}/${target}.debug VERBATIM)
endfunction()
