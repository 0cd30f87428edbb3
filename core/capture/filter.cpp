// SPDX-License-Identifier: GPL-3.0-or-later
// BPF programs of libpcap, one for each link type that turns up.
#include "core/capture/filter.h"
#include "core/capture/limits.h"

#include <map>
#include <mutex>
#include <pcap/pcap.h>
#include <utility>

namespace wirestage {
namespace {

constexpr int snapshotLength = 262144;
/// Longer ones are nobody's, and libpcap works through them by recursion.
constexpr std::size_t longestExpression = 16 * 1024;

struct Program {
    bpf_program code{};
    Program() = default;
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program() { pcap_freecode(&code); }
};

using Compiled = std::variant<std::unique_ptr<Program>, std::string>;

/// libpcap's own numbers (DLT_) are those of files (LINKTYPE_) with few exceptions, see pcap-linktype(7).
int libpcapNumber(LinkType link) {
    switch (link) {
    case LinkType::RawIp:
    case LinkType::RawIpOpenBsd: return DLT_RAW;
    default: return static_cast<int>(link);
    }
}

Compiled compileFor(const std::string& expression, LinkType link) {
    // libpcap before 1.8 compiles with global variables, and its name tables are still those of libc.
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    const std::unique_ptr<pcap_t, void (*)(pcap_t*)> dead(pcap_open_dead(libpcapNumber(link), snapshotLength),
                                                          pcap_close);
    if (!dead)
        return std::string("out of memory");
    auto program = std::make_unique<Program>();
    if (pcap_compile(dead.get(), &program->code, expression.c_str(), 1, PCAP_NETMASK_UNKNOWN) != 0)
        return std::string(pcap_geterr(dead.get()));
    return program;
}

Text inWords(const std::string& error) {
    if (error.find("syntax error") != error.npos)
        return WS_TR("filter", "not a complete filter: a word is missing, or stands in the wrong place");
    if (error.find("rejects all packets") != error.npos)
        return WS_TR("filter", "no packet can match this");
    return WS_TR("filter", "not a usable filter: %1").with(error);
}

} // namespace

struct PacketFilter::Programs {
    std::string expression;
    LinkType link = LinkType::Ethernet;
    std::unique_ptr<Program> first; // of `link`
    std::mutex mutex;
    std::map<LinkType, std::unique_ptr<Program>> others; // null: makes no sense for this link type

    const Program* of(LinkType wanted) {
        if (wanted == link)
            return first.get();
        const std::lock_guard lock(mutex);
        auto found = others.find(wanted);
        if (found == others.end()) {
            Compiled compiled = compileFor(expression, wanted);
            auto* program = std::get_if<std::unique_ptr<Program>>(&compiled);
            found = others.emplace(wanted, program ? std::move(*program) : nullptr).first;
        }
        return found->second.get();
    }
};

PacketFilter::PacketFilter(std::shared_ptr<Programs> programs) : programs_(std::move(programs)) {}

const std::string& PacketFilter::expression() const {
    return programs_->expression;
}

std::variant<PacketFilter, PacketFilter::Error> PacketFilter::compile(const std::string& expression,
                                                                      LinkType link) {
    if (expression.size() > longestExpression)
        return Error{WS_TR("filter", "the filter is too long: at most %1 characters are possible")
                         .with(longestExpression)};
    if (std::optional<Text> refused = refusedFilterWord(expression))
        return Error{std::move(*refused)};
    Compiled compiled = compileFor(expression, link);
    if (const auto* why = std::get_if<std::string>(&compiled))
        return Error{inWords(*why)};
    auto programs = std::make_shared<Programs>();
    programs->expression = expression;
    programs->link = link;
    programs->first = std::move(std::get<std::unique_ptr<Program>>(compiled));
    return PacketFilter(std::move(programs));
}

bool PacketFilter::matches(const Frame& frame) const {
    if (frame.link == notAPacket)
        return false;
    const Program* program = programs_->of(frame.link);
    if (!program)
        return false;
    pcap_pkthdr header{};
    header.caplen = static_cast<bpf_u_int32>(frame.bytes.size());
    header.len = frame.length;
    return pcap_offline_filter(&program->code, &header, frame.bytes.data()) != 0;
}

} // namespace wirestage
