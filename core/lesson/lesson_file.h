// SPDX-License-Identifier: GPL-3.0-or-later
// Lesson files: TOML 1.0 that a teacher writes by hand (docs/lessons.md says how). Reading one never fails as
// a whole: what is wrong is listed with its place, and a file with problems can still be shown in a library.
#pragma once

#include "core/lesson/lesson.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace wirestage::lesson {

/// Something that is wrong in a lesson or in what was chosen.
struct Problem {
    Place place; ///< line 0: not in the file (a choice)
    Text what;
    bool operator==(const Problem&) const = default;
};

struct Value; ///< see lesson_tree.h

/// A lesson file, read. Immutable; may be shared between threads.
class LessonFile {
public:
    static constexpr std::size_t mostBytes = 1 << 20;

    /// `name`: the file's, without ".toml". Checks the lesson as it is and every variant.
    static std::shared_ptr<const LessonFile> parse(std::string name, std::string text, std::string path = {});
    /// Nothing but a Text where the file cannot be read at all.
    static std::variant<std::shared_ptr<const LessonFile>, Text> load(const std::string& path);

    [[nodiscard]] const std::string& id() const { return name_; }
    [[nodiscard]] const std::string& path() const { return path_; } ///< empty: built in
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; } ///< by place
    [[nodiscard]] bool usable() const { return problems_.empty(); }
    /// As it is, without a variant. Where there are problems, what could be read.
    [[nodiscard]] const Lesson& lesson() const { return lesson_; }
    /// Names for --at: links, hosts, and host:interface where a host has several.
    [[nodiscard]] std::vector<std::string> vantagePoints() const;

    /// With a variant and parameters chosen. Problems: an unknown variant, an impossible parameter.
    using Chosen = std::variant<Lesson, std::vector<Problem>>;
    [[nodiscard]] Chosen choose(const Choice& choice) const;

private:
    LessonFile() = default;
    std::string name_, path_, text_;
    std::shared_ptr<const Value> root_;
    std::vector<Problem> problems_;
    Lesson lesson_;
};

/// "FILE:LINE:COLUMN: what" in English, as `wirestage check` prints it.
std::string english(const Problem& problem, const std::string& file);

/// The text of `--set NAME=VALUE` as a value of the parameter's type.
std::variant<simulation::SettingValue, Text> parseParameter(const Parameter& parameter,
                                                            std::string_view text);
/// The opposite, for showing it.
std::string toString(const simulation::SettingValue& value);

struct BuiltInLesson {
    std::string_view name, text;
};
std::span<const BuiltInLesson> builtInLessonTexts();

bool isBuiltIn(std::string_view id);

using LessonFiles = std::vector<std::shared_ptr<const LessonFile>>;
/// By chapter and order; read once, when first asked for. Safe from any thread.
const LessonFiles& builtInLessons();
/// The *.toml of a folder, by name; those that cannot be read are left out.
LessonFiles lessonsInFolder(const std::string& folder);
/// Where a user's own lessons lie: $XDG_DATA_HOME/wirestage/lessons, else below ~/.local/share. Need not
/// exist.
std::string userLessonFolder();
/// A built-in lesson or one of the user's, or null.
std::shared_ptr<const LessonFile> lessonNamed(std::string_view id);

} // namespace wirestage::lesson
