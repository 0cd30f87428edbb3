// SPDX-License-Identifier: GPL-3.0-or-later
// What happened, in the words of the exchange table. A long exchange takes its time to be told: that is done in
// another thread, and until it is there the row says what was known last.
#pragma once

#include "app/exchanges/exchange_source.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QString>
#include <QThreadPool>

namespace wirestage {

class Sentences : public QObject {
    Q_OBJECT
public:
    explicit Sentences(QObject* parent = nullptr);
    ~Sentences() override;

    void setSource(std::shared_ptr<const ExchangeSource> source);
    /// "…" where nothing is known yet; told() follows then.
    [[nodiscard]] QString of(ExchangeId id);
    /// The exchanges may have gone on: who asks next is told anew.
    void renew() { fresh.clear(); }

signals:
    void told(quint32 exchange);

private:
    void want(ExchangeId id);

    std::shared_ptr<const ExchangeSource> source;
    QHash<ExchangeId, QString> known; ///< of the long ones
    QSet<ExchangeId> fresh, wanted;
    quint64 generation = 0;
    QThreadPool pool;
};

} // namespace wirestage
