// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson, run: what happened (the truth of the whole network) and what a capture at one place shows of it.
// Both are Captures, the same class that opens files, so everything that shows a capture shows a lesson.
// Immutable and cheap to share; equal choices give equal runs, and up to the first frame that a fault changes
// two runs of a lesson have the same packets, message numbers and rows.
#pragma once

#include "core/exchange/capture.h"
#include "core/lesson/lesson_file.h"
#include "core/lesson/pattern.h"
#include "core/simulation/run.h"

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace wirestage::lesson {

/// Where one looks from: a link (both directions), or one interface of a host.
struct Vantage {
    std::string name; ///< as it was said
    simulation::LinkId link = simulation::nobody;
    simulation::NodeId node = simulation::nobody; ///< nobody: the link itself
    std::uint32_t interface = 0;
};

/// What became of one packet of the whole capture.
struct PacketTruth {
    std::uint32_t frame = 0; ///< place in Run::frames
    Time sent = 0;
    std::optional<Time> received; ///< by the first host that it was meant for, behind all routers
    bool lost = false;            ///< on some link of its way, for everybody
    bool damaged = false;
    bool copy = false;         ///< made by a fault
    PacketIndex hopOf = none;  ///< the packet that this is a hop of
    PacketIndex origin = none; ///< the packet as it was first sent; itself where that is this one
    PacketIndex inView = none; ///< its number in the capture of the vantage point, if it is there
    struct Hearer {
        simulation::NodeId node = simulation::nobody;
        Time time = 0;
        bool damaged = false;
    };
    std::vector<Hearer> hearers; ///< every host or router that took this very frame in, in order of time
};

struct LessonPhase {
    Text title;
    PacketIndex first = 0, last = 0; ///< of the whole capture
};

class LessonRun {
public:
    std::shared_ptr<const LessonFile> file;
    Choice choice;
    Lesson lesson; ///< with everything chosen
    simulation::Run run;
    Vantage vantage;

    /// Every frame that a host or router sent, at its time `sent`. A hop counts on link and network level
    /// only. Participants come in the lesson's order and bear its names.
    std::shared_ptr<const Capture> whole;
    std::vector<PacketTruth> truths; ///< by packet of `whole`
    /// What a capture at the vantage point holds.
    std::shared_ptr<const Capture> view;
    std::vector<std::uint32_t> viewFrames; ///< by packet of `view`: place in Run::frames
    std::vector<std::uint8_t> viewBytes;   ///< the pcapng that `view` is

    std::vector<LessonPhase> phases;
    PatternResult pattern; ///< against its own variant's; satisfied unless faults of one's own were added

    /// A message of `whole` with `sent`, `received` and `lost` filled in.
    [[nodiscard]] Message message(const MessageRef& ref) const;
    /// The lesson's participant, and the host that it is in a capture of this run; none: it never spoke.
    [[nodiscard]] HostId hostOf(simulation::NodeId node) const { return node; } ///< in both captures
    [[nodiscard]] std::optional<simulation::NodeId> nodeOf(HostId host) const;
    /// What the lesson says of a message of `whole`, most particular first; null: nothing.
    [[nodiscard]] const Narration* narrationFor(const Message& message) const;
    /// The questions to ask before a message of `whole`, in the lesson's order.
    [[nodiscard]] std::vector<const Question*> questionsBefore(const Message& message) const;
    /// How many packets at the beginning of `whole` are the same in another run of the lesson.
    [[nodiscard]] PacketIndex sameUpTo(const LessonRun& other) const;
    /// "drop:dhcp.offer@server,laptop:2": the fault that hits this very message of `whole`, for a click on
    /// it.
    [[nodiscard]] std::string faultFor(const Message& message, std::string_view what) const;

    /// Which messages of `whole` have a selector's kind and ends, before note and nth are looked at.
    [[nodiscard]] bool matches(const MessageSelector& selector, const Message& message) const;

private:
    friend class RunBuilder;
    struct NthTable;
    std::shared_ptr<const NthTable> numbers; ///< of messages that a selector counts
};

using RunResult = std::variant<std::shared_ptr<const LessonRun>, std::vector<Problem>>;

/// Runs a lesson. Problems: what is wrong with the file, the variant, a parameter, a fault, the vantage
/// point. Takes some milliseconds. `Run::problem` says where a run stopped at a limit.
RunResult runLesson(const std::shared_ptr<const LessonFile>& file, const Choice& choice = {});

/// The place that a name means ("lan", "laptop", "router:wan"), or why there is none.
std::variant<Vantage, Text> findVantage(const Lesson& lesson, std::string_view name);

} // namespace wirestage::lesson
