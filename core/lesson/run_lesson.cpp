// SPDX-License-Identifier: GPL-3.0-or-later
// From a lesson and what was chosen to its run: the network simulated, its frames written down twice, once
// from nowhere in particular and once from the vantage point.
#include "core/lesson/lesson_run.h"

#include "core/capture/pcapng_writer.h"
#include "core/lesson/fault.h"
#include "core/lesson/run_numbers.h"
#include "core/protocols/dissection.h"

#include <algorithm>
#include <sstream>

namespace wirestage::lesson {

using namespace simulation;

namespace {

/// One packet of a capture to be written.
struct Shown {
    std::uint32_t frame = 0;
    Time time = 0;
    bool damaged = false;
};

/// Hosts as captures know them: by all their addresses, but for those that several had one after the other.
std::vector<KnownHost> knownHosts(const Run& run) {
    std::map<IpAddress, std::size_t> owners;
    for (const RunNode& node : run.nodes) {
        std::vector<IpAddress> own;
        for (const RunInterface& interface : node.interfaces)
            own.insert(own.end(), interface.addresses.begin(), interface.addresses.end());
        std::sort(own.begin(), own.end());
        own.erase(std::unique(own.begin(), own.end()), own.end());
        for (const IpAddress& address : own)
            ++owners[address];
    }
    std::vector<KnownHost> hosts;
    for (const RunNode& node : run.nodes) {
        KnownHost host;
        host.name = node.name;
        for (const RunInterface& interface : node.interfaces) {
            if (!interface.hardware.isZero())
                host.hardware.push_back(interface.hardware);
            for (const IpAddress& address : interface.addresses)
                if (owners[address] == 1)
                    host.addresses.push_back(address);
        }
        if (host.hardware.empty()) { // a switch, which never speaks
            const auto number = static_cast<std::uint8_t>(hosts.size());
            host.hardware.push_back({{0x02, 0x00, 0x5e, 0x20, 0x00, number}});
        }
        hosts.push_back(std::move(host));
    }
    return hosts;
}

/// Whether a router's frame is the same packet still: behind address translation it is another one.
bool isSamePacket(const SentFrame& hop, const SentFrame& before) {
    const auto addresses = [](const SentFrame& sent) {
        Frame frame;
        frame.bytes = sent.bytes;
        frame.length = static_cast<std::uint32_t>(sent.bytes.size());
        Dissection dissection;
        dissectFrame(dissection, frame);
        return std::pair(dissection.network.source, dissection.network.destination);
    };
    return addresses(hop) == addresses(before);
}

std::string pcapngOf(const Run& run, const std::vector<Shown>& shown) {
    std::ostringstream out;
    PcapngWriter writer(out, "Wirestage");
    for (const Shown& one : shown) {
        const SentFrame& sent = run.frames[one.frame];
        Frame frame;
        frame.time = one.time;
        frame.bytes = one.damaged && !sent.damagedBytes.empty() ? sent.damagedBytes : sent.bytes;
        frame.length = static_cast<std::uint32_t>(frame.bytes.size());
        writer.write(frame);
    }
    return std::move(out).str();
}

std::shared_ptr<const Capture> captureOf(const std::string& bytes, Foreknowledge known) {
    const Bytes view(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    auto opened = CaptureFile::fromMemory(view);
    auto* file = std::get_if<CaptureFile>(&opened);
    if (!file)
        return nullptr;
    auto capture = std::make_shared<Capture>(std::move(*file), std::move(known));
    capture->index();
    return capture;
}

} // namespace

class RunBuilder {
public:
    explicit RunBuilder(LessonRun& into) : result(into) {}
    void build();

private:
    void findHops();
    void judge();
    void judgeWay(std::uint32_t frame);
    [[nodiscard]] bool isForSomebody(const SentFrame& frame) const;
    void showView();
    void findPhases();

    LessonRun& result;
    std::vector<std::uint32_t> hopOf;                 ///< by frame; nobody
    std::vector<std::vector<std::uint32_t>> children; ///< by frame
};

void RunBuilder::build() {
    findHops();
    const Run& run = result.run;
    std::vector<Shown> shown;
    Foreknowledge known{knownHosts(run), {}, SeenAt::Sender};
    for (std::uint32_t i = 0; i < run.frames.size(); ++i) {
        shown.push_back({i, run.frames[i].sent, false});
        known.hopOf.push_back(hopOf[i] == nobody ? none : hopOf[i]);
    }
    result.whole = captureOf(pcapngOf(run, shown), std::move(known));
    judge();
    showView();
    auto numbers = std::make_shared<LessonRun::NthTable>();
    FrameClassifier classifier(result.lesson);
    for (std::uint32_t i = 0; i < run.frames.size(); ++i)
        numbers->frames.push_back(run.frames[i].copy ? FrameClassifier::Kinds{}
                                                     : classifier.classify(run.frames[i], i));
    result.numbers = std::move(numbers);
    findPhases();
    auto messages = patternMessages(*result.whole, result.lesson.pattern);
    for (PatternMessage& one : messages)
        one.lost = result.message(one.ref).lost == true;
    result.pattern = match(
        result.lesson.pattern, messages,
        [&](const MessageRef& ref) { return result.whole->describe(ref.packet); }, true);
}

/// Frames stand in order of `sent`, so a packet's number is its frame's place.
void RunBuilder::findHops() {
    const auto& frames = result.run.frames;
    hopOf.assign(frames.size(), nobody);
    children.resize(frames.size());
    for (std::uint32_t i = 0; i < frames.size(); ++i)
        if (const std::uint32_t before = frames[i].hopOf;
            before < i && isSamePacket(frames[i], frames[before])) {
            hopOf[i] = before;
            children[before].push_back(i);
        }
}

/// A frame for nobody is not lost, though it goes to all ports of a switch; one that no queue had room for
/// is.
bool RunBuilder::isForSomebody(const SentFrame& frame) const {
    if (frame.bytes.size() < 6)
        return false;
    MacAddress destination;
    std::copy_n(frame.bytes.begin(), 6, destination.bytes.begin());
    if (destination.isGroup())
        return true;
    for (const RunNode& node : result.run.nodes)
        for (const RunInterface& interface : node.interfaces)
            if (interface.hardware == destination)
                return true;
    return false;
}

/// A packet's way ends where its last hop does; of one that was fragmented on the way, where all of them do.
void RunBuilder::judgeWay(std::uint32_t place) {
    const SentFrame& frame = result.run.frames[place];
    PacketTruth& truth = result.truths[place];
    truth.frame = place;
    truth.sent = frame.sent;
    truth.copy = frame.copy;
    truth.hopOf = hopOf[place] == nobody ? none : hopOf[place];
    truth.origin = truth.hopOf == none ? place : result.truths[truth.hopOf].origin;
    for (const Arrival& arrival : frame.arrivals) {
        truth.hearers.push_back({arrival.node, arrival.time, arrival.damaged});
        truth.damaged |= arrival.damaged;
    }
    truth.damaged |= std::any_of(frame.passages.begin(), frame.passages.end(),
                                 [](const Passage& passage) { return passage.damaged; });
    if (frame.arrivals.empty())
        truth.lost = isForSomebody(frame);
    else
        truth.received = frame.arrivals.front().time;
}

void RunBuilder::judge() {
    result.truths.resize(result.run.frames.size());
    for (std::uint32_t i = 0; i < result.truths.size(); ++i)
        judgeWay(i);
    for (std::uint32_t i = static_cast<std::uint32_t>(result.truths.size()); i-- > 0;) {
        PacketTruth& truth = result.truths[i];
        if (children[i].empty())
            continue;
        std::optional<Time> latest;
        bool all = true;
        for (const std::uint32_t child : children[i]) {
            const PacketTruth& hop = result.truths[child];
            truth.lost |= hop.lost;
            truth.damaged |= hop.damaged;
            all = all && hop.received;
            latest = std::max(latest, hop.received);
        }
        truth.received = all ? latest : std::nullopt;
    }
}

void RunBuilder::showView() {
    const Run& run = result.run;
    const Vantage& vantage = result.vantage;
    std::vector<Shown> shown;
    for (std::uint32_t i = 0; i < run.frames.size(); ++i) {
        const SentFrame& frame = run.frames[i];
        if (vantage.node == nobody) {
            for (const Passage& passage : frame.passages)
                if (passage.link == vantage.link)
                    shown.push_back({i, passage.entered, passage.damaged});
        } else if (frame.from == vantage.node && frame.interface == vantage.interface) {
            shown.push_back({i, frame.sent, false});
        } else {
            for (const Arrival& arrival : frame.arrivals)
                if (arrival.node == vantage.node && arrival.interface == vantage.interface)
                    shown.push_back({i, arrival.time, arrival.damaged});
        }
    }
    std::stable_sort(shown.begin(), shown.end(),
                     [](const Shown& a, const Shown& b) { return a.time < b.time; });
    Foreknowledge known{knownHosts(run), {}, SeenAt::Wire};
    for (PacketIndex packet = 0; packet < shown.size(); ++packet) {
        const std::uint32_t frame = shown[packet].frame;
        PacketIndex& inView = result.truths[frame].inView;
        inView = std::min(inView, packet);
        const std::uint32_t before = hopOf[frame];
        known.hopOf.push_back(before == nobody ? none : result.truths[before].inView);
        result.viewFrames.push_back(frame);
    }
    const std::string bytes = pcapngOf(run, shown);
    result.view = captureOf(bytes, std::move(known));
    result.viewBytes.assign(bytes.begin(), bytes.end());
}

/// A phase runs from the first message that begins it to the last one that ends it before the next begins.
void RunBuilder::findPhases() {
    const auto& rules = result.lesson.phases;
    if (rules.empty())
        return;
    const auto& frames = result.numbers->frames;
    const auto isThe = [&](const MessageSelector& selector, std::uint32_t frame, unsigned& number) {
        return result.numbers->means(result, selector, frame) &&
               (++number == selector.nth || selector.nth == 0);
    };
    std::vector<std::pair<std::size_t, std::uint32_t>> begins; ///< rule, frame
    std::uint32_t from = 0;
    for (std::size_t rule = 0; rule < rules.size(); ++rule) {
        unsigned number = 0;
        for (std::uint32_t frame = 0; frame < frames.size(); ++frame)
            if (isThe(rules[rule].from, frame, number) && frame >= from) {
                begins.emplace_back(rule, frame);
                from = frame + 1;
                break;
            }
    }
    for (std::size_t i = 0; i < begins.size(); ++i) {
        const auto [rule, first] = begins[i];
        const std::uint32_t end =
            i + 1 < begins.size() ? begins[i + 1].second : static_cast<std::uint32_t>(frames.size());
        std::uint32_t last = first;
        unsigned number = 0;
        for (std::uint32_t frame = 0; frame < end; ++frame)
            if (isThe(rules[rule].to, frame, number) && frame >= first)
                last = frame;
        result.phases.push_back({rules[rule].title, first, last});
    }
}

RunResult runLesson(const std::shared_ptr<const LessonFile>& file, const Choice& choice) {
    if (!file->usable())
        return file->problems();
    auto chosen = file->choose(choice);
    if (auto* wrong = std::get_if<std::vector<Problem>>(&chosen))
        return std::move(*wrong);
    auto result = std::make_shared<LessonRun>();
    result->file = file;
    result->choice = choice;
    result->lesson = std::move(std::get<Lesson>(chosen));
    std::vector<Problem> problems;
    std::vector<Fault> faults;
    for (const std::vector<std::string>* list : {&std::as_const(result->lesson).faults, &choice.faults})
        for (const std::string& text : *list) {
            auto fault = parseFault(text, result->lesson);
            if (const Text* why = std::get_if<Text>(&fault))
                problems.push_back({{}, WS_TR("lesson", "fault %1: %2").with(text).with(*why)});
            else
                faults.push_back(std::get<Fault>(std::move(fault)));
        }
    const auto vantage =
        findVantage(result->lesson, choice.vantage.empty() ? result->lesson.vantage : choice.vantage);
    if (const Text* why = std::get_if<Text>(&vantage))
        problems.push_back({{}, *why});
    if (!problems.empty())
        return problems;
    result->vantage = std::get<Vantage>(vantage);
    const auto interference = interferenceOf(std::move(faults), result->lesson);
    result->run = simulate(result->lesson.network, interference.get());
    if (result->run.nodes.empty())
        return std::vector<Problem>{
            {{}, result->run.problem.value_or(WS_TR("lesson", "the network could not be run"))}};
    RunBuilder(*result).build();
    return std::shared_ptr<const LessonRun>(std::move(result));
}

} // namespace wirestage::lesson
