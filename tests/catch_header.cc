// Nothing but the precompiled header that every test uses (tests/CMakeLists.txt).
