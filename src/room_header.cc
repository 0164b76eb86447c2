// Only carries the precompiled header of cmake/Rooms.cmake.
