# SPDX-License-Identifier: GPL-3.0-or-later
# Writes the texts of the knowledge base into a source file, so that the program needs no file of them at run time.
#     cmake -DOUTPUT=x.cpp -DFOLDER=resources/knowledge -P embed.cmake
file(GLOB files ${FOLDER}/*.toml)
list(SORT files)
set(source "// Generated from resources/knowledge/*.toml.\n#include \"core/knowledge/knowledge.h\"\n\n")
string(APPEND source "namespace wirestage {\n\nstd::span<const KnowledgeFile> builtInKnowledge() {\n")
string(APPEND source "    static constexpr KnowledgeFile files[] = {\n")
foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME_WE)
    file(READ ${file} text)
    string(APPEND source "        {\"${name}\", R\"KNOW(${text})KNOW\"},\n")
endforeach()
string(APPEND source "    };\n    return files;\n}\n\n} // namespace wirestage\n")
file(WRITE ${OUTPUT} "${source}")
