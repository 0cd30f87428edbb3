// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/capture.h"

#include "app/helper/blocks.h"
#include "app/helper/confinement.h"
#include "app/helper/device.h"
#include "app/helper/gate.h"
#include "app/helper/reader.h"
#include "app/helper/rights.h"
#include "app/helper/writer.h"

#include <array>
#include <atomic>
#include <deque>
#include <fcntl.h>
#include <poll.h>
#include <thread>
#include <unistd.h>

namespace wirestage::helper {
namespace {

using namespace std::chrono_literals;

/// Between our queue and a reader that is slow for a while, all devices together.
constexpr std::size_t mostQueued = 64 * 1024 * 1024;
constexpr int pipeSize = 1024 * 1024;

// A live reader sees a packet 20 ms after its arrival at the latest. With several interfaces, half of that
// goes into putting them in order.
constexpr auto lateness = 10ms;
constexpr auto latenessOfSeveral = 5ms;
constexpr auto holdOfSeveral = 9ms;

Time now() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// "'a'", "'a' and 'b'", "'a', 'b' and 'c'".
std::string listOf(const std::deque<Reader>& readers) {
    std::string list;
    for (std::size_t i = 0; i < readers.size(); ++i)
        list += (i == 0 ? "'" : i + 1 == readers.size() ? " and '" : ", '") + readers[i].facts().name + "'";
    return list;
}

class Capture {
public:
    Capture(const Options& options)
        : options_(options), late_(options.devices.size() > 1 ? latenessOfSeveral : lateness),
          allowance_(options.devices.size(), options.limits.packets, options.limits.bytes),
          writer_(output_, allowance_, queue_, options.devices.size(), holdOfSeveral) {}

    /// With rights. The first interface that cannot be had ends it.
    std::optional<Complaint> open() {
        for (const DeviceOptions& wanted : options_.devices) {
            auto opened = Device::open(wanted, late_);
            if (auto* complaint = std::get_if<Complaint>(&opened))
                return std::move(*complaint);
            readers_.emplace_back(std::get<Device>(std::move(opened)),
                                  static_cast<std::uint32_t>(readers_.size()), queue_, stop_, late_);
        }
        return std::nullopt;
    }

    std::optional<Complaint> filter() {
        for (Reader& reader : readers_)
            if (std::optional<Complaint> complaint = reader.device().filter())
                return complaint;
        return std::nullopt;
    }

    /// The threads wait until run(), so that they are confined before they see a packet.
    std::optional<Complaint> startConfined() {
        fcntl(output_.descriptor(), F_SETPIPE_SZ,
              pipeSize); // it need not be a pipe, or may be as large already
        ringOnSignals(news_);
        running_ = readers_.size();
        for (Reader& reader : readers_)
            threads_.emplace_back([this, &reader] {
                gate_.pass();
                reader.run();
                --running_;
                news_.ring();
            });
        gate_.awaitArrivals(readers_.size());
        if (std::optional<std::string> why =
                confine({output_.descriptor(), news_.descriptor(), stop_.descriptor()}, {news_.descriptor()}))
            return Complaint{*why, Status::NotPermitted};
        return std::nullopt;
    }

    Status run() {
        start_ = now();
        writeHeader();
        tell("Capturing on " + listOf(readers_));
        tell("File: -");
        if (options_.limits.seconds)
            ringAfter(*options_.limits.seconds);
        gate_.open();
        while (!isOver()) {
            awaitNews();
            writer_.writeWhatCame();
        }
        stop_.ring();
        for (std::thread& thread : threads_)
            thread.join();
        writer_.writeWhatCame(true);
        return conclude();
    }

private:
    void writeHeader() {
        std::string blocks = sectionHeader("wirestage-capture " WIRESTAGE_VERSION);
        for (const Reader& reader : readers_)
            blocks += interfaceDescription(reader.facts());
        allowance_.spend(blocks.size());
        output_.write(blocks);
    }

    [[nodiscard]] bool isOver() const {
        return signalCame() || output_.failed() || allowance_.usedUp() || running_ == 0;
    }

    /// Packets, a signal, the end of a thread; or that nobody reads our output any more, which a quiet
    /// network would not let us notice.
    void awaitNews() {
        int patience = -1;
        if (const std::optional<Moment> next = writer_.next()) {
            const auto left =
                std::chrono::ceil<std::chrono::milliseconds>(*next - Moment::clock::now()).count();
            patience = static_cast<int>(std::max<std::int64_t>(left, 0));
        }
        std::array<pollfd, 2> awaited{pollfd{news_.descriptor(), POLLIN, 0},
                                      pollfd{output_.descriptor(), 0, 0}};
        poll(awaited.data(), awaited.size(), patience);
        news_.silence();
        if ((awaited[1].revents & (POLLERR | POLLHUP | POLLNVAL)) != 0)
            output_.abandon();
    }

    Status conclude() {
        std::string blocks;
        const Time end = now();
        bool allVanished = true;
        for (std::size_t i = 0; i < readers_.size(); ++i) {
            blocks += interfaceStatistics(static_cast<std::uint32_t>(i), start_, end, countsOf(i));
            allVanished = allVanished && readers_[i].vanished();
        }
        output_.write(blocks);
        if (output_.failed() && output_.problem().empty())
            return Status::Done;
        if (output_.failed())
            complain(output_.problem());
        tell("Packets captured: " + std::to_string(allowance_.packets()));
        for (std::size_t i = 0; i < readers_.size(); ++i)
            tellCounts(readers_[i].facts().name, countsOf(i));
        return output_.failed() ? Status::NotWritten : allVanished ? Status::NoInterface : Status::Done;
    }

    [[nodiscard]] PacketCounts countsOf(std::size_t interface) const {
        PacketCounts counts = readers_[interface].counts();
        counts.written = allowance_.packetsOf(interface);
        return counts;
    }

    static void tellCounts(const std::string& name, const PacketCounts& counts) {
        const std::uint64_t all = counts.written + counts.dropped();
        char percent[16] = "";
        std::snprintf(percent, sizeof percent, "%.1f",
                      all == 0 ? 100.0
                               : 100.0 * static_cast<double>(counts.written) / static_cast<double>(all));
        tell("Packets received/dropped on interface '" + name + "': " + std::to_string(counts.written) + "/" +
             std::to_string(counts.dropped()) + " (kernel:" + std::to_string(counts.droppedByKernel) +
             "/wirestage-capture:" + std::to_string(counts.droppedByUs) + ") (" + percent + "%)");
    }

    const Options& options_;
    std::chrono::milliseconds late_;
    Bell news_; ///< for the writer
    Bell stop_; ///< for the readers
    PacketQueue queue_{mostQueued, news_};
    Output output_{STDOUT_FILENO};
    Allowance allowance_;
    Writer writer_;
    std::deque<Reader> readers_;
    Gate gate_;
    std::vector<std::thread> threads_;
    std::atomic<std::size_t> running_ = 0;
    Time start_ = 0;
};

} // namespace

Status capture(const Options& options, const std::function<void()>& onceConfined) {
    const auto end = [](const Complaint& complaint) {
        complain(complaint.why);
        return complaint.status;
    };
    if (isatty(STDOUT_FILENO))
        return end({"standard output is a terminal, which packets would confuse: pipe them to a program",
                    Status::WrongUsage});
    // Never destroyed: closing its sockets would take system calls that are not allowed then, and the kernel
    // does it.
    Capture& work = *new Capture(options);
    if (const std::optional<Complaint> complaint = work.open())
        return end(*complaint);
    if (const std::optional<std::string> why = giveUpRights())
        return end({*why, Status::NotPermitted});
    // The expressions come from outside, and a parser is no place to have rights in.
    if (const std::optional<Complaint> complaint = work.filter())
        return end(*complaint);
    if (const std::optional<Complaint> complaint = work.startConfined())
        return end(*complaint);
    if (onceConfined)
        onceConfined();
    return work.run();
}

} // namespace wirestage::helper
