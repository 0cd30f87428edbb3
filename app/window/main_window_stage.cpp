// SPDX-License-Identifier: GPL-3.0-or-later
// What of the open capture is on the stage: some of its exchanges, on one level, and what the inspector says
// of the message that is current.
#include "app/window/main_window.h"

#include "app/exchanges/exchange_panel.h"
#include "app/exchanges/transcript.h"
#include "app/inspector/inspector.h"
#include "app/lesson/lesson_session.h"
#include "app/lesson/lesson_story.h"
#include "app/overlay/overlay_session.h"
#include "app/window/document.h"
#include "core/diagram/run_source.h"

#include <QAction>
#include <QActionGroup>
#include <QStackedWidget>

#include <algorithm>
#include <utility>

namespace wirestage {
namespace {

bool sameRows(const diagram::DiagramSource& a, const diagram::DiagramSource& b) {
    return a.size() == b.size() && a.size() > 0 &&
           a.facts(a.size() - 1).packet == b.facts(b.size() - 1).packet &&
           a.facts(0).kind == b.facts(0).kind && a.states().size() == b.states().size();
}

} // namespace

diagram::Row rowAtPacket(const diagram::DiagramSource& source, PacketIndex packet) {
    diagram::Row low = 0, high = source.size();
    while (low < high) {
        const diagram::Row middle = low + (high - low) / 2;
        if (source.facts(middle).packet < packet)
            low = middle + 1;
        else
            high = middle;
    }
    return low < source.size() ? low : source.size() > 0 ? source.size() - 1 : 0;
}

void MainWindow::showExchanges(std::vector<ExchangeId> ids) {
    hasChosen = true;
    liveSeen = 0;
    showsAll = ids.empty();
    shown = std::move(ids);
    if (showsAll)
        exchangePanel->setAll();
    updateSubject();
    offerReasons();
    rebuildStage(false);
}

void MainWindow::rebuildStage(bool keepPlace) {
    if (!document || !document->capture())
        return;
    if (overlaySession->isOn() && !lessonSession->isOpen())
        return rebuildOverlay(keepPlace);
    const auto old = stageView->source();
    const auto row = stageView->current();
    const PacketIndex packet = keepPlace && old && row < old->size() ? old->facts(row).packet : 0;
    auto build = [capture = document->capture(), run = lessonSession->run(), both = ends, ids = shown,
                  level = levelNow, packet, resume = resumeRow, follow = followsLive(),
                  newest = showsNewest()] {
        // Of an exchange that somebody has chosen even the packets are shown that have given way.
        const PacketIndex since = std::max(newest ? capture->sinceLast(ids, LivePace::packetsFollowed) : 0,
                                           ids.empty() ? capture->firstKept() : 0);
        BuiltStage built{
            run ? diagram::runSource(run, ids, level) : sourceOf(capture, both, ids, level, since), 0, since};
        if (follow)
            built.around = std::max<diagram::Row>(built.source->size(), 1) - 1;
        else if (resume > 0)
            built.around = resume + 1 < built.source->size() ? resume : 0; // seen to its end: begins anew
        else if (packet > 0)
            built.around = rowAtPacket(*built.source, packet);
        return built;
    };
    if (lessonSession->isOpen()) { // a few milliseconds: what one breaks is seen at once
        building.forget();
        return showBuilt(build());
    }
    building.run(std::move(build), [this, known = keepPlace ? old : nullptr](const BuiltStage& built) {
        // After indexing most exchanges are as they were: then nothing moves under the viewer.
        if (!known || known != stageView->source() || !sameRows(*known, *built.source))
            showBuilt(built);
        livePace.ended();
    });
}

void MainWindow::showBuilt(const BuiltStage& built) {
    resumeRow = 0;
    liveSince = built.since;
    placingLive = true;
    stageView->setSource(built.source, built.around);
    placingLive = false;
    transcriptView->setSource(built.source);
    if (stageView->current() != diagram::noRow) {
        transcriptView->setCurrent(stageView->current());
        inspectRow(stageView->current());
    } else {
        inspectorPane->setInspected(nullptr);
    }
    updateSubject();
}

void MainWindow::inspectRow(quint64 row) {
    const auto source = stageView->source();
    if (!source || !document || row >= source->size()) {
        inspecting.forget();
        return inspectorPane->setInspected(nullptr);
    }
    const auto take = [this](std::shared_ptr<const Inspected> found) {
        inspectorPane->setInspected(std::move(found));
    };
    if (auto example = exampleOf(row))
        return inspecting.run(std::move(example), take);
    inspecting.run(
        [capture = document->capture(), run = lessonSession->run(), source, row] {
            auto found = std::make_shared<Inspected>(inspect(*capture, *source, row));
            if (run)
                found->story = storyOf(*run, *found);
            return std::shared_ptr<const Inspected>(std::move(found));
        },
        take);
}

void MainWindow::setLevel(std::optional<Level> level) {
    levelNow = level;
    for (QAction* one : levels->actions())
        if (one->data().toInt() == (level ? static_cast<int>(*level) : -1))
            one->setChecked(true);
    updateSubject();
    if (hasChosen)
        rebuildStage(true);
}

void MainWindow::showTranscript(bool on) {
    actionNamed(QStringLiteral("transcript"))->setChecked(on);
    stageOrTranscript->setCurrentIndex(on ? 1 : 0);
    if (on)
        transcriptView->setFocus();
    else
        stageView->setFocus();
}

} // namespace wirestage
