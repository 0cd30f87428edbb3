// SPDX-License-Identifier: GPL-3.0-or-later
// The stage as it is shown, of every recording and many reference captures, in each theme and at several
// sizes: no text on another, none cut off, no label shortened, everything in the contrast that WCAG 2.2 wants
// (1.4.6: 7:1 for text, 1.4.11: 3:1 for lines that carry meaning).
#include "app/stage/scene_painter.h"
#include "core/diagram/capture_source.h"
#include "core/diagram/layout.h"
#include "tests/support/shared_captures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace wirestage {
namespace {

using namespace diagram;
namespace fs = std::filesystem;

constexpr double pageHeight = 560;
constexpr int mostPages = 8, mostExchanges = 6;

/// How wide the stage is, in pixels: beside library and inspector, on the whole screen, at 800×600.
constexpr double stageWidths[] = {1250, 1920, 788};

Rect extent(const Primitive& p, const TypeSizes& type) {
    const double size = type.of(p.text.font);
    return {p.text.left(), p.text.at.y - size * 0.74, p.text.width, size * 0.92};
}

/// What a text stands on.
QColor paperOf(const Theme& theme, Role role) {
    switch (role) {
    case Role::ChipText: return theme.warningSoft;
    case Role::PhaseTitle:
    case Role::FoldText:
    case Role::FoldSign:
    case Role::HeadName:
    case Role::HeadDetail: return theme.surface;
    default: return theme.ground;
    }
}

/// The parts of a message that one page shows whole; what belongs to a lifeline beyond the border scrolls.
bool staysOnPage(Role role) {
    return role == Role::Label || role == Role::Summary || role == Role::TimeText ||
           role == Role::BorderName || role == Role::GapText;
}

std::string where(const Primitive& p) {
    return "“" + p.text.words + "” (" + std::string(name(p.role)) + ") at " + std::to_string(p.text.left()) +
           ", " + std::to_string(p.text.at.y);
}

bool inside(const Rect& part, const Rect& whole) {
    return part.x >= whole.x - 0.5 && part.right() <= whole.right() + 0.5 && part.y >= whole.y - 0.5 &&
           part.bottom() <= whole.bottom() + 0.5;
}

/// Those of the texts that must stand in a box of their own.
Role boxOf(Role text) {
    return text == Role::ChipText                               ? Role::ChipBox
           : text == Role::FoldText                             ? Role::FoldBox
           : text == Role::PhaseTitle                           ? Role::PhaseTab
           : text == Role::HeadName || text == Role::HeadDetail ? Role::Head
                                                                : Role::count;
}

struct Checker {
    const Theme& theme;
    const TypeSizes type;
    const ScenePainter painter;

    explicit Checker(const Theme& by)
        : theme(by), type(by.largeText() ? TypeSizes::large() : TypeSizes{}), painter(by, type) {}

    void colours(const Primitive& p) const {
        if (p.shape == Shape::Text) {
            EXPECT_GE(contrast(painter.colour(p), paperOf(theme, p.role)), 7) << where(p);
        } else if (p.role == Role::Arrow || p.role == Role::ArrowHead || p.role == Role::LostCross ||
                   p.role == Role::Hearer || p.role == Role::Lifeline || p.role == Role::GapMark) {
            EXPECT_GE(contrast(painter.colour(p), theme.ground), 3) << name(p.role);
        }
    }

    void texts(const std::vector<Primitive>& all, const Rect& page) const {
        std::vector<const Primitive*> runs;
        for (const Primitive& p : all) {
            colours(p);
            if (p.shape != Shape::Text)
                continue;
            runs.push_back(&p);
            if (p.role == Role::Label || p.role == Role::StateName || p.role == Role::ChipText) {
                EXPECT_EQ(p.text.words.find("…"), std::string::npos) << where(p);
            }
            if (staysOnPage(p.role)) {
                EXPECT_GE(p.text.left(), page.x - 0.5) << where(p);
                EXPECT_LE(p.text.left() + p.text.width, page.right() + 0.5) << where(p);
            }
            if (const Role box = boxOf(p.role); box != Role::count) {
                EXPECT_TRUE(std::any_of(all.begin(), all.end(),
                                        [&](const Primitive& b) {
                                            return b.role == box && b.shape == Shape::Box &&
                                                   inside(extent(p, type), b.box);
                                        }))
                    << where(p) << " leaves its box";
            }
        }
        std::sort(runs.begin(), runs.end(),
                  [](const Primitive* a, const Primitive* b) { return a->text.at.y < b->text.at.y; });
        for (std::size_t i = 0; i < runs.size(); ++i)
            for (std::size_t j = i + 1; j < runs.size() && runs[j]->text.at.y < runs[i]->text.at.y + 40; ++j)
                EXPECT_FALSE(extent(*runs[i], type).overlaps(extent(*runs[j], type)))
                    << where(*runs[i]) << " and " << where(*runs[j]);
    }

    void source(const std::shared_ptr<const DiagramSource>& shown, double width, bool trueTime) const {
        SequenceOptions options;
        options.trueTime = trueTime;
        const QtMetrics metrics(type);
        LayoutOptions how;
        how.type = type;
        how.width = width / theme.stageScale();
        const Layout layout(std::make_shared<Sequence>(shown, options), metrics, how);
        const double last = std::max(0.0, layout.width() - how.width);
        for (int page = 0; page < mostPages && page * pageHeight < layout.height(); ++page)
            for (const double left : {0.0, last}) {
                const Rect visible{left, page * pageHeight, how.width, pageHeight};
                const Scene scene = layout.scene(visible);
                texts(scene.heads, visible);
                texts(scene.body, visible);
                if (testing::Test::HasFailure() || last == 0)
                    break;
            }
    }
};

std::vector<fs::path> captures() {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(test::sourceFolder() / "resources/recordings"))
        found.push_back(entry.path());
    if (const auto shared = test::sharedFolder())
        for (const char* folder : {"arp", "dhcp", "dns", "ftp", "icmp", "icmpv6", "tcp", "mixed"})
            for (const auto& entry : fs::directory_iterator(*shared / "captures" / folder))
                if (entry.is_regular_file() && entry.file_size() < 200'000)
                    found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

struct Stage : testing::TestWithParam<ThemeName> {};

TEST_P(Stage, ShowsEveryCaptureWithoutTextOnTextOrCutOffOrFaint) {
    const Checker checker(theme(GetParam()));
    for (const fs::path& path : captures()) {
        auto opened = CaptureFile::open(path.string());
        if (!std::holds_alternative<CaptureFile>(opened))
            continue;
        const auto capture = std::make_shared<Capture>(std::move(std::get<CaptureFile>(opened)));
        capture->index();
        const auto exchanges = static_cast<ExchangeId>(capture->exchangeCount());
        for (ExchangeId id = 0; id <= std::min<ExchangeId>(exchanges, mostExchanges); ++id) {
            // The last round: everything at once.
            const bool everything = id == std::min<ExchangeId>(exchanges, mostExchanges);
            const auto source =
                captureSource(capture, everything ? std::vector<ExchangeId>{} : std::vector<ExchangeId>{id});
            for (const double width : stageWidths) {
                SCOPED_TRACE(path.filename().string() +
                             (everything ? ", all" : ", exchange " + std::to_string(id + 1)) + ", " +
                             std::to_string(static_cast<int>(width)) + " pixels wide");
                checker.source(source, width, everything);
                if (HasFailure())
                    return;
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Themes, Stage,
                         testing::Values(ThemeName::Light, ThemeName::Dark, ThemeName::Projector),
                         [](const auto& with) { return wordOf(with.param).toStdString(); });

} // namespace
} // namespace wirestage
