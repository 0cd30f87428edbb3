// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/output.h"

#include "app/helper/bell.h"
#include "app/helper/blocks.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>
#include <poll.h>
#include <unistd.h>

namespace wirestage::helper {
namespace {

/// Who asked us to end gets what we have, but does not wait for a reader that stands still.
constexpr std::chrono::seconds patience{2};

} // namespace

std::string_view Allowance::cut(std::string_view blocks) {
    std::size_t length = 0;
    while (length < blocks.size() && !usedUp()) {
        const std::size_t block = lengthOfBlock(blocks.substr(length));
        bytes_ += block;
        ++packets_;
        ++ofInterface_[interfaceOfPacket(blocks.substr(length))];
        length += block;
    }
    return blocks.substr(0, length);
}

bool Allowance::usedUp() const {
    return (packetLimit_ && packets_ >= *packetLimit_) || (byteLimit_ && bytes_ >= *byteLimit_);
}

/// Without waiting longer than there is time for.
bool Output::mayWriteSome() {
    for (;;) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(*until_ - Moment::clock::now()).count();
        if (left <= 0)
            return false;
        pollfd waiting{descriptor_, POLLOUT, 0};
        const int ready = poll(&waiting, 1, static_cast<int>(left));
        if (ready > 0)
            return true;
        if (ready < 0 && errno != EINTR)
            return false;
    }
}

bool Output::write(std::string_view bytes) {
    while (!bytes.empty() && !failed_) {
        if (signalCame() && !until_)
            until_ = Moment::clock::now() + patience;
        if (until_ && !mayWriteSome()) {
            fail(ETIMEDOUT);
            break;
        }
        // Of a pipe that is ready, PIPE_BUF bytes can be written without waiting (pipe(7)).
        const std::size_t portion = until_ ? std::min<std::size_t>(bytes.size(), PIPE_BUF) : bytes.size();
        const ssize_t written = ::write(descriptor_, bytes.data(), portion);
        if (written >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
            if (until_) // whoever still reads, late as they are, gets all of it
                until_ = Moment::clock::now() + patience;
        } else if (errno == EAGAIN) { // somebody made it non-blocking
            pollfd waiting{descriptor_, POLLOUT, 0};
            poll(&waiting, 1, -1);
        } else if (errno != EINTR) {
            fail(errno);
        }
    }
    return !failed_;
}

void Output::fail(int error) {
    failed_ = true;
    if (error == ETIMEDOUT)
        problem_ = "standard output is not read: the end of the capture is missing";
    else if (error != EPIPE)
        problem_ = std::string("standard output cannot be written: ") + strerrordesc_np(error);
}

} // namespace wirestage::helper
