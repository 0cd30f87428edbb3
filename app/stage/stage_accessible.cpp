// SPDX-License-Identifier: GPL-3.0-or-later
// The stage for screen readers: its children are the messages on screen, each a sentence. There is never an
// item a message of the whole capture; the transcript holds all of them.
#include "app/stage/stage_private.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>

#include <map>

namespace wirestage {

namespace {

StageView::Private* insides(const QObject* object);

bool isOpenFold(const diagram::Place& place) {
    return place.fold && place.open;
}

class MessageAccessible : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    /// An opened fold's own row and the message below it have the same number: `fold` tells them apart.
    MessageAccessible(StageView* ofStage, diagram::Row ofRow, bool ofFold)
        : stage(ofStage), row(ofRow), fold(ofFold) {}
    [[nodiscard]] bool isValid() const override { return stage; }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override {
        return stage ? stage->window()->windowHandle() : nullptr;
    }
    [[nodiscard]] QAccessibleInterface* parent() const override {
        return QAccessible::queryAccessibleInterface(stage);
    }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString&) override {}
    [[nodiscard]] QString text(QAccessible::Text which) const override;
    [[nodiscard]] QRect rect() const override;
    [[nodiscard]] QAccessible::State state() const override;
    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this)
                                                    : nullptr;
    }
    [[nodiscard]] QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString& action) override {
        if (stage && action == pressAction())
            fold ? stage->toggleFold(row) : stage->jumpTo(row);
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    [[nodiscard]] const diagram::Place* place() const;
    QPointer<StageView> stage;
    diagram::Row row;
    bool fold;
};

class StageAccessible : public QAccessibleWidget {
public:
    explicit StageAccessible(StageView* ofStage)
        : QAccessibleWidget(ofStage, QAccessible::List), stage(ofStage) {}
    ~StageAccessible() override {
        for (const auto& [row, id] : made)
            QAccessible::deleteAccessibleInterface(id);
    }
    [[nodiscard]] int childCount() const override { return static_cast<int>(places().size()); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override {
        const auto& all = places();
        return index >= 0 && static_cast<std::size_t>(index) < all.size()
                   ? of(all[static_cast<std::size_t>(index)].first,
                        isOpenFold(all[static_cast<std::size_t>(index)]))
                   : nullptr;
    }
    int indexOfChild(const QAccessibleInterface* wanted) const override {
        for (int i = 0; i < childCount(); ++i)
            if (child(i) == wanted)
                return i;
        return -1;
    }
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override {
        for (int i = 0; i < childCount(); ++i)
            if (child(i)->rect().contains(x, y))
                return child(i);
        return nullptr;
    }
    [[nodiscard]] QAccessibleInterface* focusChild() const override {
        return stage->hasFocus() && stage->current() != diagram::noRow ? of(stage->current(), false)
                                                                       : nullptr;
    }
    /// The interface of one message: made once, found again by its row. Those of rows long gone are let go.
    QAccessibleInterface* of(diagram::Row row, bool fold) const {
        if (const auto found = made.find({row, fold}); found != made.end())
            return QAccessible::accessibleInterface(found->second);
        if (made.size() > 500) {
            for (const auto& [old, id] : made)
                QAccessible::deleteAccessibleInterface(id);
            made.clear();
        }
        auto* fresh = new MessageAccessible(stage, row, fold);
        made.emplace(std::pair(row, fold), QAccessible::registerAccessibleInterface(fresh));
        return fresh;
    }

private:
    [[nodiscard]] const std::vector<diagram::Place>& places() const;
    StageView* stage;
    mutable std::map<std::pair<diagram::Row, bool>, QAccessible::Id> made;
};

StageView::Private* insides(const QObject* object) {
    const auto* stage = qobject_cast<const StageView*>(object);
    return stage ? stage->insides() : nullptr;
}

const std::vector<diagram::Place>& StageAccessible::places() const {
    return insides(stage)->scene().places;
}

const diagram::Place* MessageAccessible::place() const {
    if (!stage)
        return nullptr;
    if (!fold)
        return insides(stage)->placeOf(row);
    for (const diagram::Place& each : insides(stage)->scene().places)
        if (isOpenFold(each) && each.first == row)
            return &each;
    return nullptr;
}

QString MessageAccessible::text(QAccessible::Text which) const {
    const diagram::Place* here = place();
    return here && which == QAccessible::Name ? QString::fromStdString(here->name) : QString();
}

QRect MessageAccessible::rect() const {
    const diagram::Place* seen = place();
    if (!seen)
        return {};
    const QRect here = insides(stage)->pixelsOf(seen->area);
    return {stage->viewport()->mapToGlobal(here.topLeft()), here.size()};
}

QAccessible::State MessageAccessible::state() const {
    QAccessible::State s;
    s.selectable = s.focusable = true;
    if (stage && !fold && stage->current() == row)
        s.selected = s.focused = s.active = true;
    s.offscreen = !place();
    return s;
}

QAccessibleInterface* makeAccessible(const QString&, QObject* object) {
    auto* stage = qobject_cast<StageView*>(object);
    return stage ? new StageAccessible(stage) : nullptr;
}

} // namespace

void installStageAccessibility() {
    static const bool once = (QAccessible::installFactory(makeAccessible), true);
    static_cast<void>(once);
}

void StageView::Private::announce() {
    if (!QAccessible::isActive() || current == diagram::noRow)
        return;
    auto* own = dynamic_cast<StageAccessible*>(QAccessible::queryAccessibleInterface(q));
    if (!own)
        return;
    QAccessibleEvent event(own->of(current, false), QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

} // namespace wirestage
