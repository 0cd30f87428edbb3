// SPDX-License-Identifier: GPL-3.0-or-later
// A program that captures and writes pcapng (or pcap) to its standard output: the project's helper, dumpcap,
// or either on another machine through ssh. A thread of its own takes the bytes to a GrowingFile, so that
// nothing else in this program can make the pipe run full.
#pragma once

#include "core/capture/growing_file.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace wirestage {

class CaptureProcess {
public:
    /// How it ended.
    struct End {
        bool stopped = false;  ///< because stop() was called
        int status = 0;        ///< as a shell says it: exit status, or 128 and the signal
        std::string lastWords; ///< the end of its standard error
        /// The file took no more (the limit was reached, or the disk is full), or what came was damaged.
        std::optional<Text> problem;
    };
    struct Callbacks { ///< called in threads of this object; none of them may wait for it
        std::function<void(std::string_view line)> line; ///< of standard error
        std::function<void(const End&)> ended;           ///< once, last
    };

    /// `command`: the program and its arguments, the program looked for in $PATH. What is wrong with starting
    /// it comes back as words.
    static std::variant<std::unique_ptr<CaptureProcess>, Text> start(const std::vector<std::string>& command,
                                                                     GrowingFile into, Callbacks callbacks);
    /// From a descriptor that somebody else writes to, standard input for one, which is taken over. What is
    /// compressed (gzip, zstd) is unpacked as it comes.
    static std::variant<std::unique_ptr<CaptureProcess>, Text> reading(int descriptor, GrowingFile into,
                                                                       Callbacks callbacks);
    ~CaptureProcess(); ///< stops it, and waits for its end
    CaptureProcess(const CaptureProcess&) = delete;
    CaptureProcess& operator=(const CaptureProcess&) = delete;

    /// Asks it to end as Ctrl+C would, so that it writes its last packets; kills it where it has not after
    /// three seconds. Returns at once.
    void stop();
    [[nodiscard]] std::uint64_t bytes() const;
    /// About so many of the newest are kept once there are more; 0: all of them.
    [[nodiscard]] std::uint64_t mostKept() const;
    /// Packets that did not get into the capture, as far as the program has said so on its standard error.
    [[nodiscard]] std::uint64_t lost() const;
    [[nodiscard]] bool running() const;
    /// How it ended; nothing while it runs.
    [[nodiscard]] std::optional<End> ended() const;
    /// Blocks until there is enough to tell what the bytes are, or there will be no more.
    [[nodiscard]] CaptureFile::Opened capture() const;

private:
    struct Inside;
    explicit CaptureProcess(std::unique_ptr<Inside> made);
    std::unique_ptr<Inside> inside;
};

/// Why a capture ended that nobody stopped, as a sentence; empty where it was stopped.
Text inWords(const CaptureProcess::End& end);

} // namespace wirestage
