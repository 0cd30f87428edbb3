// SPDX-License-Identifier: GPL-3.0-or-later
// Runs every lesson with every variant from every vantage point and writes what is seen there.
//     lesson_captures FOLDER        FOLDER/LESSON.VARIANT.PLACE.pcapng, and on standard output a line for each:
//                                   its name, whether the run has faults, and what the lesson expects
#include "core/lesson/lesson_run.h"

#include <cstdio>
#include <fstream>
#include <string>

namespace {

using namespace wirestage::lesson;

bool write(const std::shared_ptr<const LessonFile>& file, const std::string& variant, const std::string& at,
           const std::string& folder) {
    const auto result = runLesson(file, {variant, {}, {}, at});
    if (const auto* problems = std::get_if<std::vector<Problem>>(&result)) {
        for (const Problem& problem : *problems)
            std::fprintf(stderr, "%s\n", english(problem, file->id()).c_str());
        return false;
    }
    const LessonRun& run = *std::get<0>(result);
    std::string name = file->id() + "." + (variant.empty() ? "plain" : variant) + "." + at + ".pcapng";
    for (char& c : name)
        c = c == ':' ? '_' : c;
    std::ofstream out(folder + "/" + name, std::ios::binary);
    out.write(reinterpret_cast<const char*>(run.viewBytes.data()),
              static_cast<std::streamsize>(run.viewBytes.size()));
    std::string expected;
    for (const std::string& note : run.lesson.expect)
        expected += " " + note;
    std::printf("%s %d%s\n", name.c_str(), run.lesson.faults.empty() ? 0 : 1, expected.c_str());
    return out.good();
}

} // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::fputs("usage: lesson_captures FOLDER\n", stderr);
        return 2;
    }
    bool good = true;
    for (const auto& file : builtInLessons()) {
        std::vector<std::string> variants{""};
        for (const VariantInfo& variant : file->lesson().variants)
            variants.push_back(variant.id);
        for (const std::string& variant : variants)
            for (const std::string& at : file->vantagePoints())
                good = write(file, variant, at, arguments[1]) && good;
    }
    return good ? 0 : 1;
}
