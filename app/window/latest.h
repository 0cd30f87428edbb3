// SPDX-License-Identifier: GPL-3.0-or-later
// Work off the window's thread of which only the latest wish counts: what was asked before and has not begun
// is dropped, what has begun ends unheard.
#pragma once

#include <QMetaObject>
#include <QObject>
#include <QThreadPool>

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

namespace wirestage {

class Latest {
public:
    /// `owner` gets the results in its thread; it must own this, so that none comes after its end.
    explicit Latest(QObject* of) : owner(of) { pool.setMaxThreadCount(1); }
    ~Latest() {
        ++generation;
        pool.clear();
        pool.waitForDone();
    }
    Latest(const Latest&) = delete;
    Latest& operator=(const Latest&) = delete;

    /// `work` is called in another thread, `done` with its result in the owner's.
    template <class Work, class Done>
    void run(Work work, Done done) {
        pool.clear();
        waiting = true;
        const std::uint64_t mine = ++generation;
        pool.start([this, mine, doWork = std::move(work), whenDone = std::move(done)]() mutable {
            auto result = std::make_shared<decltype(doWork())>(doWork());
            QMetaObject::invokeMethod(
                owner,
                [this, mine, result, tell = std::move(whenDone)]() mutable {
                    if (mine != generation)
                        return;
                    waiting = false;
                    tell(std::move(*result));
                },
                Qt::QueuedConnection);
        });
    }
    void forget() {
        ++generation;
        pool.clear();
        waiting = false;
    }
    [[nodiscard]] bool busy() const { return waiting; }

private:
    QObject* owner;
    std::uint64_t generation = 0; ///< touched in the owner's thread only
    bool waiting = false;
    QThreadPool pool;
};

} // namespace wirestage
