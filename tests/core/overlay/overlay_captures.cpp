// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/overlay/overlay_captures.h"

#include "core/capture/pcapng_build.h"
#include "core/capture/pcapng_writer.h"

#include <sstream>

namespace wirestage::overlay::test {
namespace {

std::shared_ptr<const Capture> indexed(CaptureFile::Opened opened) {
    auto* file = std::get_if<CaptureFile>(&opened);
    if (!file) {
        ADD_FAILURE() << "the capture cannot be opened";
        return nullptr;
    }
    auto capture = std::make_shared<Capture>(std::move(*file));
    capture->index();
    return capture;
}

} // namespace

std::shared_ptr<const Capture> fromBytes(const std::string& bytes) {
    return indexed(
        CaptureFile::fromMemory({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}));
}

std::shared_ptr<const Capture> captureOf(const std::filesystem::path& file) {
    return indexed(CaptureFile::open(file.string()));
}

std::shared_ptr<const Capture> recording(const std::string& name) {
    return captureOf(wirestage::test::sourceFolder() / "resources" / "recordings" / (name + ".pcapng"));
}

std::shared_ptr<const lesson::LessonRun> runOf(const std::string& name, std::vector<std::string> faults,
                                               std::string at) {
    const auto slash = name.find('/');
    const auto file = lesson::lessonNamed(name.substr(0, slash));
    if (!file) {
        ADD_FAILURE() << "there is no lesson " << name;
        return nullptr;
    }
    lesson::Choice choice;
    choice.variant = slash == std::string::npos ? "" : name.substr(slash + 1);
    choice.faults = std::move(faults);
    choice.vantage = std::move(at);
    auto result = runLesson(file, choice);
    if (auto* run = std::get_if<std::shared_ptr<const lesson::LessonRun>>(&result))
        return *run;
    ADD_FAILURE() << name << " cannot be run";
    return nullptr;
}

Reference lessonReference(const std::string& name) {
    const auto run = runOf(name);
    return run ? referenceOf(*run) : Reference{};
}

std::shared_ptr<const Capture> changed(const Capture& capture, const Change& change) {
    std::ostringstream out;
    PcapngWriter writer(out, "test");
    for (PacketIndex packet = 0; packet < capture.packetCount(); ++packet) {
        Frame frame = capture.frame(packet);
        std::vector<std::uint8_t> bytes(frame.bytes.begin(), frame.bytes.end());
        if (!change(packet + 1, bytes))
            continue;
        frame.bytes = bytes;
        frame.length = static_cast<std::uint32_t>(bytes.size());
        writer.write(frame);
    }
    return fromBytes(std::move(out).str());
}

namespace {

std::string stamped(const Capture& capture, const Later& later) {
    std::ostringstream out;
    PcapngWriter writer(out, "test");
    for (PacketIndex packet = 0; packet < capture.packetCount(); ++packet) {
        Frame frame = capture.frame(packet);
        frame.time += later(packet + 1);
        writer.write(frame);
    }
    return std::move(out).str();
}

/// A pcapng's Interface Statistics Block (draft-ietf-opsawg-pcapng, section 4.6).
std::string statisticsBlock(Time from, Time to) {
    const auto halves = [](Time time) {
        std::string made;
        pcapng::put(made, static_cast<std::uint32_t>(time >> 32));
        pcapng::put(made, static_cast<std::uint32_t>(time));
        return made;
    };
    std::string body, block;
    pcapng::put(body, std::uint32_t{0});
    body += halves(to);
    pcapng::putOption(body, 2, halves(from));
    pcapng::putOption(body, 3, halves(to));
    pcapng::putOption(body, pcapng::endOfOptions, {});
    pcapng::put(block, std::uint32_t{5});
    pcapng::put(block, static_cast<std::uint32_t>(body.size() + 12));
    block += body;
    pcapng::put(block, static_cast<std::uint32_t>(body.size() + 12));
    return block;
}

} // namespace

std::shared_ptr<const Capture> withClock(const Capture& capture, const Later& later) {
    return fromBytes(stamped(capture, later));
}

std::shared_ptr<const Capture> withClock(const Capture& capture, const Later& later, Time from, Time to) {
    return fromBytes(stamped(capture, later) + statisticsBlock(from, to));
}

std::shared_ptr<const Capture> together(const std::vector<std::shared_ptr<const Capture>>& captures) {
    std::ostringstream out;
    PcapngWriter writer(out, "test");
    for (const auto& capture : captures)
        for (PacketIndex packet = 0; packet < capture->packetCount(); ++packet)
            writer.write(capture->frame(packet));
    return fromBytes(std::move(out).str());
}

std::vector<std::string> lines(const Comparison& comparison) {
    std::vector<std::string> all;
    for (const Step& step : comparison.steps)
        all.push_back(std::string(name(step.status)) + " " +
                      (step.packet == none ? "-" : std::to_string(step.packet + 1)) + " " + step.kind);
    return all;
}

} // namespace wirestage::overlay::test
