#if __has_include(<catch2/catch_all.hpp>)
#include "catch.h"

int main(int count, char* words[]) { return Catch::Session().run(count, words); }
#else
#define CATCH_CONFIG_MAIN
#include "catch.h"
#endif
