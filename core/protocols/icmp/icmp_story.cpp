// SPDX-License-Identifier: GPL-3.0-or-later
// A ping's and a traceroute's sentence, made from their own numbers.
#include "core/protocols/icmp/icmp_messages.h"

#include <algorithm>
#include <map>

namespace wirestage {
namespace {

bool isEchoRequest(KindId kind) {
    return kind == KindId::icmp_echo_request || kind == KindId::icmpv6_echo_request ||
           kind == KindId::icmp_timestamp_request || kind == KindId::icmp_address_mask_request ||
           kind == KindId::icmp_information_request;
}

bool isEchoReply(KindId kind) {
    return kind == KindId::icmp_echo_reply || kind == KindId::icmpv6_echo_reply ||
           kind == KindId::icmp_timestamp_reply || kind == KindId::icmp_address_mask_reply ||
           kind == KindId::icmp_information_reply;
}

bool isPortClosed(KindId kind) {
    return kind == KindId::icmp_unreachable_port || kind == KindId::icmpv6_unreachable_port;
}

bool isRedirect(KindId kind) {
    return kind == KindId::icmp_redirect_host || kind == KindId::icmp_redirect_network ||
           kind == KindId::icmp_redirect_other || kind == KindId::icmpv6_redirect;
}

/// What was asked, and who said what to it.
struct Probes final : StoryWalk {
    std::uint64_t requests = 0, replies = 0, steps = 0;
    Time shortest = 0, longest = 0, total = 0;
    std::uint64_t timed = 0;
    std::vector<HostId> routers;
    bool reached = false;
    std::uint8_t reachedWith = 0; ///< lowest TTL of a probe that the target answered
    HostId errorFrom = none, redirectedBy = none;
    KindId error{}, first{};
    Text about; ///< what the first message quotes was on its way to

    void take(const Story& story, const StoryStep& step) override {
        const Dissection& d = step.packet;
        if (steps++ == 0) {
            first = step.kind;
            if (d.icmp.hasQuoted)
                about = quotedTarget(d);
        }
        if (isEchoRequest(step.kind)) {
            ++requests;
            sent[d.icmp.sequence] = step.record.time;
            ttls[d.icmp.sequence] = d.network.ttl;
        } else if (step.kind == KindId::udp_datagram) {
            ++requests;
            ttls[d.destinationPort] = d.network.ttl;
        } else if (isEchoReply(step.kind)) {
            ++replies;
            reach(d.icmp.sequence);
            time(d.icmp.sequence, step.record.time);
        } else {
            complaint(story, step);
        }
    }

private:
    void reach(std::uint16_t probe) {
        reached = true;
        if (const auto found = ttls.find(probe);
            found != ttls.end() && (!reachedWith || found->second < reachedWith))
            reachedWith = found->second;
    }

    void time(std::uint16_t probe, Time answered) {
        const auto found = sent.find(probe);
        if (found == sent.end())
            return;
        const Time took = answered - found->second;
        shortest = timed ? std::min(shortest, took) : took;
        longest = std::max(longest, took);
        total += took;
        ++timed;
        sent.erase(found);
    }

    void complaint(const Story& story, const StoryStep& step) {
        const HostId from = story.hostOf(step.packet.network.source);
        if (step.kind == KindId::icmp_time_exceeded_ttl ||
            step.kind == KindId::icmpv6_time_exceeded_hop_limit) {
            if (std::find(routers.begin(), routers.end(), from) == routers.end())
                routers.push_back(from);
        } else if (isRedirect(step.kind)) {
            redirectedBy = from;
        } else {
            errorFrom = from;
            error = step.kind;
            if (from == story.record().responder || isPortClosed(step.kind))
                reach(step.packet.icmp.quotedDestinationPort);
        }
    }

    std::map<std::uint16_t, Time> sent;
    std::map<std::uint16_t, std::uint8_t> ttls; // by sequence number or UDP port
};

void pingSentence(const Story& story, Exchange& exchange, const Probes& probes) {
    if (probes.replies > 0) {
        const std::string target = story.nameOf(story.record().responder);
        if (probes.requests == 0) {
            exchange.summary =
                WS_TRN("icmp", "%n reply(s) from %1; the request was not captured", "", probes.replies)
                    .with(target);
            return;
        }
        Text answered = WS_TR("icmp", "%1 of %2 answered").with(probes.replies).with(probes.requests);
        exchange.summary = probes.timed && probes.total > 0
                               ? WS_TR("icmp", "%1 by %2, round trip %3 on average")
                                     .with(std::move(answered))
                                     .with(story.nameOf(story.record().responder))
                                     .with(durationInWords(probes.total / static_cast<Time>(probes.timed)))
                               : WS_TR("icmp", "%1 by %2")
                                     .with(std::move(answered))
                                     .with(story.nameOf(story.record().responder));
        return;
    }
    if (probes.errorFrom != none)
        exchange.summary = WS_TR("icmp", "refused: %1 says “%2”")
                               .with(story.nameOf(probes.errorFrom))
                               .with(Text{"kinds", kind(probes.error).title, {}, {}});
    else if (probes.requests == 1)
        exchange.summary =
            WS_TR("icmp", "one echo request, no answer from %1").with(story.nameOf(story.record().responder));
    else
        exchange.summary = WS_TRN("icmp", "%n echo request(s), no answer from %1", "", probes.requests)
                               .with(story.nameOf(story.record().responder));
}

void narratePing(const Story& story, Exchange& exchange, const Probes& probes) {
    exchange.title = WS_TR("icmp", "Ping");
    pingSentence(story, exchange, probes);
    if (probes.replies > 0 && probes.errorFrom != none) // of some of the requests, or of the replies
        exchange.summary = WS_TR("icmp", "%1; %2 says “%3”")
                               .with(std::move(exchange.summary))
                               .with(story.nameOf(probes.errorFrom))
                               .with(Text{"kinds", kind(probes.error).title, {}, {}});
    if (probes.redirectedBy != none)
        exchange.summary = WS_TR("icmp", "%1; %2 knows a shorter way")
                               .with(std::move(exchange.summary))
                               .with(story.nameOf(probes.redirectedBy));
}

void narrateTraceroute(const Story& story, Exchange& exchange, const Probes& probes) {
    exchange.title = WS_TR("icmp", "Traceroute");
    const std::string target = story.nameOf(story.record().responder);
    if (probes.reached) // one hop may have several routers, or a silent one: the TTL counts them
        exchange.summary = WS_TRN("icmp", "%1 reached behind %n router(s)", "",
                                  probes.reachedWith ? probes.reachedWith - 1u : probes.routers.size())
                               .with(target);
    else if (probes.errorFrom != none)
        exchange.summary =
            WS_TRN("icmp", "%n router(s) answered, then %1 said “%2”", "", probes.routers.size())
                .with(story.nameOf(probes.errorFrom))
                .with(Text{"kinds", kind(probes.error).title, {}, {}});
    else
        exchange.summary =
            WS_TRN("icmp", "%n router(s) answered, %1 did not", "", probes.routers.size()).with(target);
}

/// What routers and listeners tell everybody.
Text plainSentence(KindId first, const std::string& who, std::uint64_t count) {
    switch (first) {
    case KindId::icmp_router_solicitation:
    case KindId::icmpv6_router_solicitation:
        return count > 1 ? WS_TRN("icmp", "%1 asked %n time(s) for a router", "", count).with(who)
                         : WS_TR("icmp", "%1 asks for a router").with(who);
    case KindId::icmp_router_advertisement:
    case KindId::icmpv6_router_advertisement:
        return count > 1 ? WS_TRN("icmp", "%1 said %n time(s) that it is a router", "", count).with(who)
                         : WS_TR("icmp", "%1 says that it is a router").with(who);
    case KindId::icmpv6_mld_report:
        return WS_TRN("icmp", "%1 tells routers what groups it listens to, in %n report(s)", "", count)
            .with(who);
    case KindId::icmpv6_neighbor_advertisement_unsolicited:
        return WS_TR("icmp", "%1 tells everybody its address").with(who);
    default: break;
    }
    return count > 1 ? WS_TRN("icmp", "%n message(s) from %1", "", count).with(who)
                     : WS_TR("icmp", "one message from %1").with(who);
}

void narrateOther(const Story& story, Exchange& exchange, const Probes& seen) {
    exchange.title = {"kinds", kind(seen.first).title, {}, {}};
    const std::string who = story.nameOf(story.record().originator);
    if (!seen.about.empty())
        exchange.summary = WS_TR("icmp", "%1 says “%2” about a packet to %3")
                               .with(who)
                               .with(exchange.title)
                               .with(seen.about);
    else
        exchange.summary = plainSentence(seen.first, who, seen.steps);
}

} // namespace

std::unique_ptr<StoryWalk> walkIcmp() {
    return std::make_unique<Probes>();
}

void narrateIcmp(const Story& story, Exchange& exchange) {
    const ExchangeRecord& record = story.record();
    const auto about = static_cast<IcmpStory>(record.phase);
    const auto& probes = static_cast<const Probes&>(story.walked());
    story.participant(exchange, record.originator,
                      about == IcmpStory::Other ? WS_TR("roles", "sender") : WS_TR("roles", "asking"));
    if (about == IcmpStory::Other) {
        if (record.responder != none)
            story.participant(exchange, record.responder, WS_TR("roles", "receiver"));
        narrateOther(story, exchange, probes);
        return;
    }
    for (const HostId router : probes.routers)
        if (router != record.responder)
            story.participant(exchange, router, WS_TR("roles", "router"));
    if (probes.errorFrom != none && probes.errorFrom != record.responder)
        story.participant(exchange, probes.errorFrom,
                          isPortClosed(probes.error) ? WS_TR("roles", "answering")
                                                     : WS_TR("roles", "router"));
    if (probes.redirectedBy != none && probes.redirectedBy != record.responder)
        story.participant(exchange, probes.redirectedBy, WS_TR("roles", "router"));
    story.participant(exchange, record.responder, WS_TR("roles", "target"));
    if (about == IcmpStory::Ping)
        narratePing(story, exchange, probes);
    else
        narrateTraceroute(story, exchange, probes);
}

} // namespace wirestage
