# SPDX-License-Identifier: GPL-3.0-or-later
# Writes the hand-out's script and style sheets into a source file, so that the program needs no file at run time.
#     cmake -DOUTPUT=x.cpp -DFOLDER=resources/handout -P embed.cmake
set(source "// Generated from resources/handout.\n#include \"core/handout/parts.h\"\n\n")
string(APPEND source "namespace wirestage::handout {\n\n")
foreach(pair "handout.js;pageScript" "handout.css;pageStyle" "index.css;indexStyle")
    list(GET pair 0 name)
    list(GET pair 1 function)
    file(READ ${FOLDER}/${name} text)
    string(APPEND source "std::string_view ${function}() {\n    return R\"HANDOUT(${text})HANDOUT\";\n}\n\n")
endforeach()
string(APPEND source "} // namespace wirestage::handout\n")
file(WRITE ${OUTPUT} "${source}")
