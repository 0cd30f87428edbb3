// SPDX-License-Identifier: GPL-3.0-or-later
// How often the picture of a capture that is being made may be made anew: as often as its making leaves time
// for everything else, so that a long one is never behind its own work.
#pragma once

#include <QElapsedTimer>

#include <algorithm>
#include <cstdint>

namespace wirestage {

class LivePace {
public:
    /// Whoever follows a capture sees its end; more than this many packets before it are only shown to those
    /// who stop to look back, so that a long capture costs no more than a short one.
    static constexpr std::uint32_t packetsFollowed = 5000;
    static constexpr qint64 leastRest = 40, mostRest = 5000; ///< milliseconds
    static constexpr qint64 restPerWork = 3;

    void begin() { rest = 0; }
    [[nodiscard]] bool mayBuild() const { return rest == 0 || sinceEnd.elapsed() >= rest; }
    void started() { sinceStart.start(); }
    void ended() {
        sinceEnd.start();
        if (sinceStart.isValid())
            rest = std::clamp(sinceStart.elapsed() * restPerWork, leastRest, mostRest);
        sinceStart.invalidate();
    }

private:
    QElapsedTimer sinceStart, sinceEnd;
    qint64 rest = 0;
};

} // namespace wirestage
