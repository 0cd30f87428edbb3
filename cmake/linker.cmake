# SPDX-License-Identifier: GPL-3.0-or-later
# Links with mold or lld where one is installed: sanitized programs take seconds with the default linker. What is
# released is linked with the system's own.
if(NOT CMAKE_BUILD_TYPE STREQUAL "Release")
    find_program(WIRESTAGE_MOLD mold)
    find_program(WIRESTAGE_LLD ld.lld)
    mark_as_advanced(WIRESTAGE_MOLD WIRESTAGE_LLD)
    if(WIRESTAGE_MOLD)
        add_link_options(-fuse-ld=mold)
    elseif(WIRESTAGE_LLD)
        add_link_options(-fuse-ld=lld)
    endif()
endif()
