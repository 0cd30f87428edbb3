# SPDX-License-Identifier: GPL-3.0-or-later
# The warnings every target of the project is compiled with.
function(wirestage_warnings target)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow)
    # gcc 12 sees overlaps in std::string that are not there (its bug 105651).
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(${target} PRIVATE -Wno-restrict)
    endif()
    if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
        # clang also names what libstdc++ 12 deprecates and uses itself, inside std::stable_sort.
        target_compile_options(${target} PRIVATE -Wno-deprecated-declarations)
    endif()
    if(WIRESTAGE_WERROR)
        target_compile_options(${target} PRIVATE -Werror)
    endif()
endfunction()
