# SPDX-License-Identifier: GPL-3.0-or-later
# Writes the lessons into a source file, so that the program needs no file of them at run time.
#     cmake -DOUTPUT=x.cpp -DFOLDER=resources/lessons -P embed.cmake
# A compiler need not take a literal of more than 64 KB, so each lesson is given in pieces that it joins.
file(GLOB files ${FOLDER}/*.toml)
list(SORT files)
set(source "// Generated from resources/lessons/*.toml.\n#include \"core/lesson/lesson_file.h\"\n\n")
string(APPEND source "namespace wirestage::lesson {\n\nstd::span<const BuiltInLesson> builtInLessonTexts() {\n")
string(APPEND source "    static constexpr BuiltInLesson files[] = {\n")
foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME_WE)
    file(READ ${file} text)
    string(APPEND source "        {\"${name}\", R\"LESSON(${text})LESSON\"},\n")
endforeach()
string(APPEND source "        {\"\", \"\"},\n    };\n    return std::span(files).first(std::size(files) - 1);\n}\n\n")
string(APPEND source "} // namespace wirestage::lesson\n")
file(WRITE ${OUTPUT} "${source}")
