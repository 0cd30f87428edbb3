// SPDX-License-Identifier: GPL-3.0-or-later
// wirestage export -o x.pcapng: the packets of a source, for Wireshark.
#include "app/command/export_command.h"

#include "core/capture/pcapng_writer.h"
#include "core/knowledge/prose.h"

#include <fstream>
#include <map>

namespace wirestage {
namespace {

/// What a lesson says of the messages that a packet of its whole capture completes.
std::map<PacketIndex, std::string> commentsOf(const lesson::LessonRun& run) {
    std::map<PacketIndex, std::string> comments;
    const MessageList list = run.whole->messages();
    for (std::uint64_t row = 0; row < list.size(); ++row) {
        const Message message = run.message(list.at(row));
        const lesson::Narration* narration = run.narrationFor(message);
        if (!narration)
            continue;
        const Description packet = run.whole->describe(message.ref.packet);
        const std::string from = message.from == none ? "" : run.whole->host(message.from).name;
        const std::string to = message.to == none ? "*" : run.whole->host(message.to).name;
        const std::string label = english(message.label);
        const ProseValues values{&packet, nullptr, from, to, label};
        std::string& comment = comments[message.ref.packet];
        for (const Text* text : {&narration->brief, &narration->full})
            if (const std::string words = renderProse(english(*text), values); !words.empty())
                comment += (comment.empty() ? "" : "\n") + words;
    }
    return comments;
}

} // namespace

int writePcapng(const Source& source, const std::string& output) {
    std::ofstream file(output, std::ios::binary | std::ios::trunc);
    PcapngWriter writer(file, "Wirestage");
    const auto comments = source.run ? commentsOf(*source.run) : std::map<PacketIndex, std::string>();
    for (PacketIndex packet = 0; packet < source.capture->packetCount(); ++packet) {
        if (!source.wants(source.capture->exchangeOf(packet)))
            continue;
        std::string comment;
        if (source.run)
            if (const auto found = comments.find(source.run->viewFrames[packet]); found != comments.end())
                comment = found->second;
        writer.write(source.capture->frame(packet), comment);
    }
    file.close();
    if (!file) {
        complain(output, "it cannot be written");
        return exitUnreadable;
    }
    return source.status;
}

} // namespace wirestage
