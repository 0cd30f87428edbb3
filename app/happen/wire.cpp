// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/happen/wire.h"

#include "app/happen/frame_device.h"
#include "app/happen/trouble.h"
#include "core/simulation/application.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <limits>
#include <poll.h>
#include <unistd.h>

namespace wirestage::happen {
namespace {

constexpr std::size_t mostOnTheWay = 4096; ///< of one direction; more are lost, as in a full queue

Time now() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

struct OnTheWay {
    Time due;
    std::vector<std::uint8_t> frame;
};

class Direction {
public:
    Direction(const Descriptor& from, const Descriptor& to, Time delay)
        : from_(from), to_(to), delay_(delay) {}

    void takeIn() {
        std::array<std::uint8_t, 65536> buffer{};
        for (;;) {
            const ssize_t length = read(from_.get(), buffer.data(), buffer.size());
            if (length < 0 && errno == EINTR)
                continue;
            if (length < 0 && errno != EAGAIN && errno != ENETDOWN)
                must(length, "the wire");
            if (length <= 0)
                return;
            if (frames_.size() < mostOnTheWay)
                frames_.push_back({now() + delay_, {buffer.begin(), buffer.begin() + length}});
        }
    }
    void giveOut() {
        while (!frames_.empty() && frames_.front().due <= now()) {
            // A frame that is not taken is lost, which is what wires do.
            [[maybe_unused]] const ssize_t sent =
                write(to_.get(), frames_.front().frame.data(), frames_.front().frame.size());
            frames_.pop_front();
        }
    }
    [[nodiscard]] Time next() const {
        return frames_.empty() ? std::numeric_limits<Time>::max() : frames_.front().due;
    }

private:
    const Descriptor &from_, &to_;
    Time delay_;
    std::deque<OnTheWay> frames_;
};

} // namespace

void carry(const std::string& from, const std::string& to, Time delay) {
    const Descriptor left = packetSocket(from), right = packetSocket(to);
    Direction there(left, right, delay), back(right, left, delay);
    for (;;) {
        const Time next = std::min(there.next(), back.next());
        const Time rest = std::max<Time>(next - now(), 0);
        const timespec patience{rest / simulation::second, rest % simulation::second};
        std::array<pollfd, 2> ends{pollfd{left.get(), POLLIN, 0}, pollfd{right.get(), POLLIN, 0}};
        ppoll(ends.data(), ends.size(), next == std::numeric_limits<Time>::max() ? nullptr : &patience,
              nullptr);
        there.takeIn();
        back.takeIn();
        there.giveOut();
        back.giveOut();
    }
}

} // namespace wirestage::happen
