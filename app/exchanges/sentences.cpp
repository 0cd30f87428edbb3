// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exchanges/sentences.h"

#include "app/window/translate.h"

#include <QMetaObject>

namespace wirestage {
namespace {

constexpr qsizetype mostKnown = 4096, mostWanted = 128;

} // namespace

Sentences::Sentences(QObject* parent) : QObject(parent) {
    pool.setMaxThreadCount(1);
}

Sentences::~Sentences() {
    ++generation;
    pool.clear();
    pool.waitForDone();
}

void Sentences::setSource(std::shared_ptr<const ExchangeSource> newSource) {
    ++generation;
    pool.clear();
    wanted.clear();
    known.clear();
    fresh.clear();
    source = std::move(newSource);
}

QString Sentences::of(ExchangeId id) {
    if (!source)
        return {};
    if (fresh.contains(id))
        return known.value(id);
    if (const auto now = source->sentenceAtOnce(id))
        return wirestage::tr(*now);
    want(id);
    return known.value(id, QStringLiteral("…"));
}

void Sentences::want(ExchangeId id) {
    if (wanted.contains(id))
        return;
    if (wanted.size() >= mostWanted) { // the table was scrolled past them
        pool.clear();
        wanted.clear();
    }
    wanted.insert(id);
    pool.start([this, id, own = source, mine = generation] {
        const Text words = own->sentence(id);
        QMetaObject::invokeMethod(
            this,
            [this, id, words, mine] {
                if (mine != generation)
                    return;
                wanted.remove(id);
                if (known.size() >= mostKnown) {
                    known.clear();
                    fresh.clear();
                }
                known.insert(id, wirestage::tr(words));
                fresh.insert(id);
                emit told(id);
            },
            Qt::QueuedConnection);
    });
}

} // namespace wirestage
