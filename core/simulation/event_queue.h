// SPDX-License-Identifier: GPL-3.0-or-later
// What is still to happen in a simulated network, in order of time; at the same moment, in the order in which
// it was entered. Nothing happens by itself: whoever owns the queue takes the next event and runs it.
#pragma once

#include "core/capture/frame.h"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <utility>

namespace wirestage::simulation {

/// What an event stands for. Where a run reaches its limit, waiting timers are no reason to complain.
enum class Pending : std::uint8_t { Frame, Step, Timer };

class EventQueue {
public:
    using Action = std::function<void()>;
    using Key = std::pair<Time, std::uint64_t>; ///< names an event that has not happened yet

    Key at(Time time, Pending what, Action action) {
        const Key key{time, ++entries};
        events.emplace(key, Event{what, std::move(action)});
        ++counts[static_cast<std::size_t>(what)];
        return key;
    }
    /// It will not happen. An event that is over is no matter.
    void cancel(const Key& key) {
        if (const auto found = events.find(key); found != events.end())
            remove(found);
    }

    [[nodiscard]] bool empty() const { return events.empty(); }
    [[nodiscard]] Time next() const { return events.begin()->first.first; }
    [[nodiscard]] std::size_t waiting(Pending what) const { return counts[static_cast<std::size_t>(what)]; }

    /// Takes the next event out; the caller runs it.
    Action take() {
        Action action = std::move(events.begin()->second.action);
        remove(events.begin());
        return action;
    }

private:
    struct Event {
        Pending what;
        Action action;
    };
    void remove(std::map<Key, Event>::iterator place) {
        --counts[static_cast<std::size_t>(place->second.what)];
        events.erase(place);
    }

    std::map<Key, Event> events;
    std::array<std::size_t, 3> counts{};
    std::uint64_t entries = 0;
};

} // namespace wirestage::simulation
