// SPDX-License-Identifier: GPL-3.0-or-later
// What a DHCP message says in a line, and how a transaction went.
#include "core/protocols/dhcp/dhcp_story.h"

#include <algorithm>

#include <fmt/core.h>

namespace wirestage {
namespace {

Text offered(const DhcpMessage& message) {
    const std::string address = toString(message.head.your);
    if (message.head.leaseSeconds)
        return WS_TR("dhcp", "%1 for %2").with(address).with(dhcpLeaseInWords(*message.head.leaseSeconds));
    return Text::verbatim(address);
}

Text requested(const DhcpHead& head) {
    if (!head.client.isUnspecified())
        return WS_TR("dhcp", "%1 once more").with(toString(head.client));
    if (head.requested.version && head.serverIdentifier.version)
        return WS_TR("dhcp", "I take %1 from %2")
            .with(toString(head.requested))
            .with(toString(head.serverIdentifier));
    if (head.requested.version)
        return WS_TR("dhcp", "may I use %1 again?").with(toString(head.requested));
    return WS_TR("dhcp", "may I have the address?");
}

Text summaryOf(const DhcpMessage& message) {
    const DhcpHead& head = message.head;
    switch (head.type) {
    case DhcpType::Discover:
        return head.requested.version && !head.requested.isUnspecified()
                   ? WS_TR("dhcp", "is there a server? I would like %1").with(toString(head.requested))
                   : WS_TR("dhcp", "is there a DHCP server?");
    case DhcpType::Offer: return offered(message);
    case DhcpType::Ack:
        return head.your.isUnspecified() ? WS_TR("dhcp", "settings only, no lease") : offered(message);
    case DhcpType::Request: return requested(head);
    case DhcpType::Nak:
        return message.message.empty() ? WS_TR("dhcp", "no, not this address")
                                       : WS_TR("dhcp", "no: %1").with(printable(message.message, 40));
    case DhcpType::Decline:
        return WS_TR("dhcp", "%1 is in use by another host").with(toString(head.requested));
    case DhcpType::Release: return WS_TR("dhcp", "%1 is free again").with(toString(head.client));
    case DhcpType::Inform:
        return WS_TR("dhcp", "I have %1; tell me the settings").with(toString(head.client));
    default: return Text::verbatim(fmt::format("xid=0x{:08x}", head.transaction));
    }
}

/// A transaction as it went by.
struct Course {
    DhcpMessage last; ///< the message that ended it
    KindId first{}, final{};
    std::uint64_t discovers = 0, requests = 0, others = 0;
    std::string given, declined; ///< an address given back, one that somebody else has
    std::string offered;         ///< the last address offered
    bool requestedLast = false;
    HostId ackedBy = none;
    std::vector<HostId> offering;
    bool renewal = false, rebinding = false;
    PacketIndex begin = none, firstRequest = none, end = none;
    Time leaseTook = 0;
    std::string refusal;
};

class DhcpWalk {
public:
    DhcpWalk(const Story& from, Exchange& into) : story(from), exchange(into) {
        client = story.participant(exchange, story.record().originator, WS_TR("roles", "client"));
    }

    Course walk() {
        story.forEach([&](const StoryStep& step) {
            if (const auto message = readDhcp(step.bytes.empty() ? step.packet.payload : step.bytes))
                take(step, *message);
            return true;
        });
        return course;
    }

private:
    void state(const StoryStep& step, const char* name, bool inferred = false) {
        if (current == name || exchange.transitions.size() >= 64)
            return;
        current = name;
        exchange.transitions.push_back({client, name, step.record.time,
                                        inferred ? PacketIndex{none} : step.index, inferred,
                                        Level::Application});
    }

    void take(const StoryStep& step, const DhcpMessage& message) {
        const HostId source = story.hostOf(step.packet.network.source);
        if (message.head.relay.version && !message.head.relay.isUnspecified()) {
            if (const HostId relay = story.hostOf(message.head.relay); relay != none)
                story.participant(exchange, relay, WS_TR("roles", "relay"));
            if (message.head.operation == 1 && source != none) // a second relay on the way
                story.participant(exchange, source, WS_TR("roles", "relay"));
        }
        if (message.head.operation == 2)
            fromServer(step, message, source);
        else
            fromClient(step, message);
        if (!began) {
            course.first = step.kind;
            course.begin = step.index;
        }
        course.end = step.index;
        began = true;
        course.final = step.kind;
    }

    void fromClient(const StoryStep& step, const DhcpMessage& message) {
        const DhcpHead& head = message.head;
        course.requestedLast = head.type == DhcpType::Request;
        if (head.type == DhcpType::Decline || head.type == DhcpType::Release) {
            (head.type == DhcpType::Decline ? course.declined : course.given) =
                toString(head.type == DhcpType::Decline ? head.requested : head.client);
            if (const HostId server = story.hostOf(head.serverIdentifier); server != none)
                story.participant(exchange, server, WS_TR("roles", "server"));
        }
        switch (head.type) {
        case DhcpType::Discover:
            if (course.discovers++ == 0)
                state(step, "INIT", true);
            state(step, "SELECTING");
            break;
        case DhcpType::Request: request(step, head); break;
        case DhcpType::Decline:
            if (current.empty())
                state(step, "BOUND", true);
            notAccepted(step);
            state(step, "INIT");
            break;
        case DhcpType::Release:
            if (current.empty())
                state(step, "BOUND", true);
            state(step, "INIT");
            break;
        default: ++course.others; break;
        }
    }

    /// Figure 5: an Ack that is not accepted, because the address turns out to be in use, leads from
    /// REQUESTING to INIT and never to BOUND. Trying the address takes no longer than RFC 5227, 2.1.1 says.
    void notAccepted(const StoryStep& step) {
        constexpr Time longestTrial = 10'000'000'000;
        auto& known = exchange.transitions;
        if (known.size() > 1 && known.back().state == "BOUND" && !known.back().inferred &&
            step.record.time - known.back().time < longestTrial)
            known.pop_back();
    }

    void request(const StoryStep& step, const DhcpHead& head) {
        if (course.firstRequest == none)
            course.firstRequest = step.index;
        ++course.requests;
        if (!head.client.isUnspecified()) {
            if (current.empty())
                state(step, "BOUND", true);
            const bool broadcast = step.packet.network.destination.isBroadcast();
            course.renewal = course.renewal || !broadcast;
            course.rebinding = course.rebinding || broadcast;
            state(step, broadcast ? "REBINDING" : "RENEWING");
        } else if (!head.serverIdentifier.version && course.offering.empty()) {
            if (current != "REBOOTING") // else repeated, or relayed
                state(step, "INIT-REBOOT", true);
            state(step, "REBOOTING");
        } else {
            state(step, "REQUESTING");
        }
    }

    void fromServer(const StoryStep& step, const DhcpMessage& message, HostId source) {
        // Behind a relay the server is known by its identifier, not by who hands its answer on.
        HostId server = story.hostOf(message.head.serverIdentifier);
        if (server == none)
            server = source;
        if (server != none)
            story.participant(exchange, server, WS_TR("roles", "server"));
        switch (message.head.type) {
        case DhcpType::Offer:
            course.offered = toString(message.head.your);
            if (std::find(course.offering.begin(), course.offering.end(), server) == course.offering.end())
                course.offering.push_back(server);
            break;
        case DhcpType::Ack:
            course.ackedBy = server;
            course.last = message;
            course.leaseTook = step.record.time - exchange.time;
            if (!message.head.your.isUnspecified())
                state(step, "BOUND");
            break;
        case DhcpType::Nak:
            course.refusal = message.message;
            if (course.ackedBy == none)
                state(step, "INIT");
            break;
        default: break;
        }
        if (course.ackedBy == none)
            course.last = message;
    }

    const Story& story;
    Exchange& exchange;
    std::uint32_t client = 0;
    std::string current;
    bool began = false;
    Course course;
};

Text sentence(const Story& story, const Exchange& exchange, const Course& course) {
    const std::string server = course.ackedBy == none ? std::string() : story.nameOf(course.ackedBy);
    switch (exchange.outcome) {
    case Outcome::Completed:
        if (course.final == KindId::dhcp_release || course.first == KindId::dhcp_release)
            return WS_TR("dhcp", "the client gives %1 back").with(course.given);
        if (course.final == KindId::dhcp_lease_active)
            return WS_TR("dhcp", "%1 is leased").with(toString(course.last.head.client));
        if (course.final == KindId::dhcp_lease_unassigned || course.final == KindId::dhcp_lease_unknown)
            return WS_TR("dhcp", "the server knows of no such lease");
        if (course.ackedBy == none)
            return WS_TR("dhcp", "%1 answered").with(story.nameOf(story.record().responder));
        if (course.last.head.your.isUnspecified())
            return WS_TR("dhcp", "settings told by %1, no lease").with(server);
        if (course.renewal || course.rebinding)
            return WS_TR("dhcp", "%1 renewed by %2 for %3")
                .with(toString(course.last.head.your))
                .with(server)
                .with(dhcpLeaseInWords(course.last.head.leaseSeconds.value_or(0)));
        if (course.discovers + course.requests == 0)
            return WS_TR("dhcp", "%1 leased for %2 by %3; only the answer was captured")
                .with(toString(course.last.head.your))
                .with(dhcpLeaseInWords(course.last.head.leaseSeconds.value_or(0)))
                .with(server);
        return WS_TR("dhcp", "%1 leased for %2 by %3, in %4")
            .with(toString(course.last.head.your))
            .with(dhcpLeaseInWords(course.last.head.leaseSeconds.value_or(0)))
            .with(server)
            .with(durationInWords(course.leaseTook));
    case Outcome::Refused:
        return course.refusal.empty()
                   ? WS_TR("dhcp", "refused: the server sent a NAK")
                   : WS_TR("dhcp", "refused: the server said “%1”").with(printable(course.refusal, 60));
    case Outcome::Failed:
        return WS_TR("dhcp", "declined: another host already uses %1").with(course.declined);
    case Outcome::CutOff:
        if (course.offered.empty())
            return WS_TR("dhcp", "cut short by the capture");
        return WS_TR("dhcp", "%1 was offered; nobody took it up in the capture").with(course.offered);
    default: break;
    }
    if (!course.offered.empty() && course.requestedLast)
        return WS_TR("dhcp", "%1 was offered and requested, and never acknowledged").with(course.offered);
    const std::uint64_t asked =
        std::max<std::uint64_t>(1, course.discovers + course.requests + course.others);
    if (asked == 1)
        return WS_TR("dhcp", "asked once, no server answered");
    return WS_TRN("dhcp", "asked %n time(s), no server answered", "", asked);
}

Text titleOf(const Course& course) {
    if (course.first == KindId::dhcp_release)
        return WS_TR("dhcp", "DHCP release");
    if (course.first == KindId::dhcp_decline)
        return WS_TR("dhcp", "DHCP decline");
    if (course.first == KindId::dhcp_lease_query || course.final == KindId::dhcp_lease_active ||
        course.final == KindId::dhcp_lease_unassigned || course.final == KindId::dhcp_lease_unknown)
        return WS_TR("dhcp", "DHCP lease query");
    if (course.first == KindId::dhcp_inform)
        return WS_TR("dhcp", "DHCP settings");
    if (course.first == KindId::dhcp_bootp_request || course.first == KindId::dhcp_bootp_reply)
        return WS_TR("dhcp", "BOOTP");
    if (course.rebinding)
        return WS_TR("dhcp", "DHCP rebinding");
    if (course.renewal)
        return WS_TR("dhcp", "DHCP renewal");
    return WS_TR("dhcp", "DHCP lease");
}

} // namespace

void tellDhcp(const Telling& telling, Message& message) {
    message.label = {"kinds", kind(message.kind).title, {}, {}};
    const auto read = readDhcp(telling.bytes.empty() ? telling.packet.payload : telling.bytes);
    if (!read)
        return;
    const DhcpHead& head = read->head;
    message.summary = summaryOf(*read);
    const HostId client = head.hasMac() ? telling.hostOfHardware(head.hardware) : HostId{none};
    if (client == none)
        return;
    if (head.operation != 2 && telling.packet.network.source.isUnspecified())
        message.from = client;
    if (head.operation == 2 && message.to != none && telling.packet.network.destination == head.your)
        message.to = client; // unicast to an address the client does not have yet
}

void narrateDhcp(const Story& story, Exchange& exchange) {
    DhcpWalk walk(story, exchange);
    const Course course = walk.walk();
    if (course.discovers > 0 && course.firstRequest != none && course.firstRequest > course.begin) {
        exchange.phases.push_back({WS_TR("dhcp", "Find a server"), course.begin, course.firstRequest - 1});
        exchange.phases.push_back({WS_TR("dhcp", "Ask and receive"), course.firstRequest, course.end});
    }
    exchange.title = titleOf(course);
    exchange.summary = sentence(story, exchange, course);
}

} // namespace wirestage
