# SPDX-License-Identifier: GPL-3.0-or-later
# AddressSanitizer and UndefinedBehaviorSanitizer for every target. -O1 comes from here and not from a build type,
# because a build type's own level would stand after these flags and win. With clang, libFuzzer's counters are
# compiled in as well, so that the fuzz targets share their objects with the sanitized tests.
if(WIRESTAGE_SANITIZE)
    add_compile_options(-O1 -g1 -fno-omit-frame-pointer -fsanitize=address,undefined
                        -fno-sanitize-recover=undefined)
    add_link_options(-fsanitize=address,undefined)
endif()
if(WIRESTAGE_FUZZ)
    if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
        message(FATAL_ERROR "The fuzz targets need clang: -DCMAKE_CXX_COMPILER=clang++-19")
    endif()
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
