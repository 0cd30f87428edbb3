# SPDX-License-Identifier: GPL-3.0-or-later
# The warnings every target of the project is compiled with.
function(wirestage_warnings target)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow)
    if(WIRESTAGE_WERROR)
        target_compile_options(${target} PRIVATE -Werror)
    endif()
endfunction()
