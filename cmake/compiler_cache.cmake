# SPDX-License-Identifier: GPL-3.0-or-later
# Compiles through ccache where it is installed. The base directory makes a second checkout hit the cache of the
# first one; a Debug build needs NOHASHDIR for that too, because its debug information names the folder.
find_program(WIRESTAGE_CCACHE ccache)
mark_as_advanced(WIRESTAGE_CCACHE)
if(WIRESTAGE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    if(UNIX)
        set(set_variables env)
    else()
        set(set_variables ${CMAKE_COMMAND} -E env)
    endif()
    set(CMAKE_CXX_COMPILER_LAUNCHER ${set_variables} CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
        ${WIRESTAGE_CCACHE})
endif()
