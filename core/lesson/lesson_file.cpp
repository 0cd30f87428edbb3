// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson file as a whole: read, checked with each of its variants, and read again with what was chosen.
#include "core/lesson/lesson_file.h"

#include "core/lesson/fault.h"
#include "core/lesson/lesson_reading.h"
#include "core/lesson/lesson_run.h"
#include "core/lesson/table_reader.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

namespace wirestage::lesson {
namespace {

constexpr std::array<std::string_view, 9> partKeys{"host",  "router",  "switch",    "link",    "step",
                                                   "phase", "pattern", "narration", "question"};
constexpr std::array<std::string_view, 4> chartNames{"sequence", "congestion", "window", "round_trip"};

void readExplains(TableReader& reader, std::vector<std::string>& into) {
    into = reader.words("explains");
    for (const std::string& one : into) {
        const auto dot = one.rfind('.');
        const bool protocol = dot != one.npos && !kindProblem(one.substr(0, dot));
        bool outcome = false;
        for (int i = 0; i <= static_cast<int>(Outcome::Ongoing); ++i)
            outcome |= dot != one.npos && name(static_cast<Outcome>(i)) == one.substr(dot + 1);
        if (!(protocol && outcome) && kindProblem(one))
            reader.complain("explains", WS_TR("lesson", "“%1” is neither a protocol and its outcome, as in "
                                                        "dhcp.timeout, nor a kind of message")
                                            .with(one));
    }
}

void readExpected(TableReader& reader, std::vector<std::string>& into) {
    into = reader.words("expect");
    std::vector<std::string_view> notes;
    for (unsigned i = 0; i < static_cast<unsigned>(Note::count); ++i)
        notes.push_back(name(static_cast<Note>(i)));
    for (const std::string& one : into)
        if (std::find(notes.begin(), notes.end(), one) == notes.end())
            reader.complain("expect", unknownWord(one, notes));
}

Text checkedProse(TableReader& reader, const std::string& id, std::string_view key) {
    return prose(id, reader.text(key));
}

void readVariant(const Table& table, Lesson& lesson, std::vector<Problem>& problems) {
    TableReader reader(table, placeOfTable(table), problems);
    VariantInfo info;
    reader.require("id");
    reader.require("title");
    info.id = reader.text("id");
    info.title = checkedProse(reader, lesson.id, "title");
    info.goal = checkedProse(reader, lesson.id, "goal");
    info.faults = reader.words("faults");
    readExplains(reader, info.explains);
    std::vector<std::string> expected;
    readExpected(reader, expected);
    for (const VariantInfo& other : lesson.variants)
        if (other.id == info.id && !info.id.empty())
            reader.complain("id", WS_TR("lesson", "there is a “%1” already").with(info.id));
    if (const Value* set = reader.value("set"); set && set->table()) {
        for (const Entry& entry : set->table()->entries) {
            const auto setting = settingOf(entry.value);
            std::vector<std::string_view> names;
            const Parameter* parameter = nullptr;
            for (const Parameter& one : lesson.parameters) {
                names.push_back(one.name);
                parameter = one.name == entry.key ? &one : parameter;
            }
            if (!parameter)
                problems.push_back({entry.place, unknownWord(entry.key, names)});
            else if (auto why = setting ? parameterProblem(*parameter, *setting)
                                        : std::optional(WS_TR("lesson", "this is no value")))
                problems.push_back({entry.value.place, *std::move(why)});
            else
                info.set[entry.key] = *setting;
        }
    } else if (set) {
        reader.complain("set", WS_TR("lesson", "“%1” must be a table").with("set"));
    }
    for (const std::string& own : reader.words("own"))
        if (std::find(partKeys.begin(), partKeys.end(), own) == partKeys.end())
            reader.complain("own", unknownWord(own, partKeys));
    for (const std::string_view later : {"drop", "introduction", "conclusion", "vantage", "level", "limit"})
        (void)reader.value(later);
    for (const std::string_view part : partKeys)
        (void)reader.tables(part);
    reader.finish();
    lesson.variants.push_back(std::move(info));
}

void readHead(TableReader& reader, Lesson& lesson) {
    for (const char* key : {"id", "title", "goal", "vantage"})
        reader.require(key);
    lesson.title = checkedProse(reader, lesson.id, "title");
    lesson.goal = checkedProse(reader, lesson.id, "goal");
    lesson.introduction = checkedProse(reader, lesson.id, "introduction");
    lesson.conclusion = checkedProse(reader, lesson.id, "conclusion");
    lesson.chapter = static_cast<unsigned>(reader.whole("chapter", 0, 0, 99));
    lesson.order = static_cast<int>(reader.whole("order", 1000, 0, 1000));
    lesson.vantage = reader.text("vantage");
    if (const std::string level = reader.text("level"); !level.empty()) {
        lesson.level = levelOfName(level);
        if (!lesson.level)
            reader.complain("level", WS_TR("lesson", "must be one of link, network, transport, application"));
    }
    lesson.charts = reader.words("charts");
    for (const std::string& chart : lesson.charts)
        if (std::find(chartNames.begin(), chartNames.end(), chart) == chartNames.end())
            reader.complain("charts", unknownWord(chart, chartNames));
    lesson.hide = reader.words("hide");
    for (const std::string& kind : lesson.hide)
        if (auto why = kindProblem(kind))
            reader.complain("hide", *std::move(why));
    readExplains(reader, lesson.explains);
    readExpected(reader, lesson.expect);
    lesson.faults = reader.words("faults");
    (void)reader.truth("neighbours_known", false);
    lesson.network.limit = simulation::fromSeconds(reader.number("limit", 600, 0.001, 86400.0 * 30));
    lesson.network.seed = static_cast<std::uint64_t>(reader.whole("seed", 1, 0, 0x7fffffff));
    (void)reader.words("rules");
    for (const std::string_view part : partKeys)
        (void)reader.tables(part);
    (void)reader.tables("parameter");
    (void)reader.tables("variant");
    reader.finish();
}

/// Reads a document whose variant and parameters have been put in their places.
Lesson readLesson(const Value& root, const std::string& id, std::vector<Parameter> parameters,
                  std::vector<Problem>& problems) {
    Lesson lesson;
    lesson.id = id;
    lesson.parameters = std::move(parameters);
    TableReader reader(*root.table(), {1, 1}, problems);
    readHead(reader, lesson);
    for (const Table* variant : tablesOf(*root.table(), "variant"))
        readVariant(*variant, lesson, problems);
    readNetwork(*root.table(), lesson, problems);
    readApplications(*root.table(), lesson, problems);
    readScript(*root.table(), lesson, problems);
    readTelling(*root.table(), lesson, problems);
    for (const std::string& fault : lesson.faults)
        if (const auto parsed = parseFault(fault, lesson); const Text* why = std::get_if<Text>(&parsed))
            reader.complain("faults", WS_TR("lesson", "%1: %2").with(fault).with(*why));
    if (!lesson.vantage.empty() && !lesson.hosts.empty())
        if (const auto found = findVantage(lesson, lesson.vantage);
            const Text* why = std::get_if<Text>(&found))
            reader.complain("vantage", *why);
    return lesson;
}

bool before(const Problem& a, const Problem& b) {
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
}

/// Adds what is not there yet: a part that several variants share is read with each.
void addNew(std::vector<Problem>& into, std::vector<Problem> more) {
    for (Problem& one : more)
        if (std::find(into.begin(), into.end(), one) == into.end())
            into.push_back(std::move(one));
}

/// The values of all parameters: the file's, the variant's, the chosen ones.
std::vector<Problem> chooseParameters(std::vector<Parameter>& parameters, const VariantInfo* variant,
                                      const Choice& choice) {
    std::vector<Problem> problems;
    std::vector<std::string_view> names;
    for (Parameter& one : parameters) {
        names.push_back(one.name);
        if (variant && variant->set.contains(one.name))
            one.value = one.preset = variant->set.at(one.name);
        const auto chosen = choice.parameters.find(one.name);
        if (chosen == choice.parameters.end())
            continue;
        if (auto why = parameterProblem(one, chosen->second))
            problems.push_back({{}, WS_TR("lesson", "%1: %2").with(one.name).with(*std::move(why))});
        else
            one.value = chosen->second;
    }
    for (const auto& [name, unused] : choice.parameters)
        if (std::find(names.begin(), names.end(), name) == names.end())
            problems.push_back({{}, WS_TR("lesson", "parameter %1").with(unknownWord(name, names))});
    return problems;
}

} // namespace

std::shared_ptr<const LessonFile> LessonFile::parse(std::string name, std::string text, std::string path) {
    std::shared_ptr<LessonFile> file(new LessonFile);
    file->name_ = std::move(name);
    file->path_ = std::move(path);
    file->text_ = std::move(text);
    auto root = std::make_shared<Value>(parseTree(file->text_, file->problems_));
    file->root_ = root;
    if (file->problems_.empty()) {
        if (const Value* id = root->table()->find("id"); id && (!id->text() || *id->text() != file->name_))
            file->problems_.push_back(
                {id->place, WS_TR("lesson", "the id must be the file's name, “%1”").with(file->name_)});
        std::vector<Parameter> parameters = readParameters(*root->table(), file->name_, file->problems_);
        Value copy = *root;
        ParameterValues values;
        for (const Parameter& one : parameters)
            values[one.name] = one.value;
        std::vector<Problem> problems;
        substitute(copy, values, problems);
        file->lesson_ = readLesson(copy, file->name_, std::move(parameters), problems);
        addNew(file->problems_, std::move(problems));
        for (const VariantInfo& variant : file->lesson_.variants) {
            const Chosen chosen = file->choose({variant.id, {}, {}, {}});
            if (const auto* wrong = std::get_if<std::vector<Problem>>(&chosen))
                addNew(file->problems_, *wrong);
        }
    } else {
        file->lesson_.id = file->name_;
        file->lesson_.title = Text::verbatim(file->name_);
    }
    std::stable_sort(file->problems_.begin(), file->problems_.end(), before);
    return file;
}

std::variant<std::shared_ptr<const LessonFile>, Text> LessonFile::load(const std::string& path) {
    std::error_code error;
    const std::filesystem::path where(path);
    if (std::filesystem::is_directory(where, error))
        return WS_TR("lesson", "this is a folder");
    std::ifstream stream(where, std::ios::binary);
    if (!stream)
        return WS_TR("lesson", "there is no such file, or it cannot be read");
    std::string text(mostBytes + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.size() > mostBytes)
        return WS_TR("lesson", "a lesson has at most %1").with(bytesInWords(mostBytes));
    return parse(where.stem().string(), std::move(text), path);
}

LessonFile::Chosen LessonFile::choose(const Choice& choice) const {
    std::vector<Problem> problems;
    const VariantInfo* variant = nullptr;
    std::vector<std::string_view> ids;
    for (const VariantInfo& one : lesson_.variants) {
        ids.push_back(one.id);
        variant = one.id == choice.variant ? &one : variant;
    }
    if (!choice.variant.empty() && !variant)
        return std::vector<Problem>{
            {{}, WS_TR("lesson", "variant %1").with(unknownWord(choice.variant, ids))}};
    if (!root_ || !root_->table())
        return problems_;
    std::vector<Parameter> parameters = lesson_.parameters;
    problems = chooseParameters(parameters, variant, choice);
    if (!problems.empty())
        return problems;
    Value root = variant ? withVariant(*root_, variant->id, problems) : *root_;
    ParameterValues values;
    for (const Parameter& one : parameters)
        values[one.name] = one.value;
    substitute(root, values, problems);
    Lesson lesson = readLesson(root, name_, std::move(parameters), problems);
    lesson.variant = choice.variant;
    if (!problems.empty())
        return problems;
    return lesson;
}

std::vector<std::string> LessonFile::vantagePoints() const {
    std::vector<std::string> names;
    for (const simulation::LinkSetup& link : lesson_.network.links)
        names.push_back(link.name);
    for (const simulation::NodeSetup& node : lesson_.network.nodes) {
        if (node.role == simulation::NodeRole::Switch)
            continue;
        if (node.interfaces.size() == 1)
            names.push_back(node.name);
        else
            for (const simulation::InterfaceSetup& one : node.interfaces)
                names.push_back(fmt::format("{}:{}", node.name, one.name));
    }
    return names;
}

std::string english(const Problem& problem, const std::string& file) {
    if (problem.place.line == 0)
        return fmt::format("{}: {}", file, wirestage::english(problem.what));
    return fmt::format("{}:{}:{}: {}", file, problem.place.line, problem.place.column,
                       wirestage::english(problem.what));
}

bool isBuiltIn(std::string_view id) {
    const auto texts = builtInLessonTexts();
    return std::any_of(texts.begin(), texts.end(), [&](const BuiltInLesson& one) { return one.name == id; });
}

const LessonFiles& builtInLessons() {
    static const LessonFiles lessons = [] {
        LessonFiles files;
        for (const BuiltInLesson& one : builtInLessonTexts())
            files.push_back(LessonFile::parse(std::string(one.name), std::string(one.text)));
        std::stable_sort(files.begin(), files.end(), [](const auto& a, const auto& b) {
            const Lesson &first = a->lesson(), &second = b->lesson();
            return std::tuple(first.chapter, first.order) < std::tuple(second.chapter, second.order);
        });
        return files;
    }();
    return lessons;
}

LessonFiles lessonsInFolder(const std::string& folder) {
    LessonFiles files;
    std::error_code error;
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        if (entry.path().extension() == ".toml")
            paths.push_back(entry.path().string());
    std::sort(paths.begin(), paths.end());
    for (const std::string& path : paths)
        if (auto loaded = LessonFile::load(path); auto* file = std::get_if<0>(&loaded))
            files.push_back(std::move(*file));
    return files;
}

/// Parses the one lesson alone: a command line that runs one need not read them all.
std::shared_ptr<const LessonFile> lessonNamed(std::string_view id) {
    for (const BuiltInLesson& one : builtInLessonTexts())
        if (one.name == id)
            return LessonFile::parse(std::string(one.name), std::string(one.text));
    if (id.find('/') == id.npos)
        if (auto loaded = LessonFile::load(userLessonFolder() + "/" + std::string(id) + ".toml");
            auto* file = std::get_if<0>(&loaded))
            return std::move(*file);
    return nullptr;
}

std::string userLessonFolder() {
    if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data)
        return std::string(data) + "/wirestage/lessons";
    const char* home = std::getenv("HOME");
    return std::string(home ? home : "") + "/.local/share/wirestage/lessons";
}

} // namespace wirestage::lesson
