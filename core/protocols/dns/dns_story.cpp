// SPDX-License-Identifier: GPL-3.0-or-later
// What a DNS message says in a line, and what became of a lookup.
#include "core/protocols/dns/dns_story.h"

namespace wirestage {
namespace {

Text questionOf(const DnsMessage& message) {
    if (message.questions.empty())
        return WS_TR("dns", "no question");
    const DnsQuestion& question = message.questions.front();
    Text text = WS_TR("dns", "%1 of %2?").with(dnsTypeName(question.type)).with(printable(question.name, 60));
    if (message.questions.size() > 1)
        return WS_TR("dns", "%1 and %2 more").with(std::move(text)).with(message.questions.size() - 1);
    return text;
}

/// The first answer of the type that was asked for, else the first.
const DnsRecord* telling(const DnsMessage& message) {
    const std::uint16_t type = message.questions.empty() ? 0 : message.questions.front().type;
    const DnsRecord* first = nullptr;
    for (const DnsRecord& record : message.records) {
        if (record.section != DnsSection::Answer)
            continue;
        if (record.type == type)
            return &record;
        if (!first)
            first = &record;
    }
    return first;
}

Text answerOf(const DnsMessage& message) {
    const DnsRecord* record = telling(message);
    if (!record)
        return {};
    Text text = WS_TR("dns", "%1 %2").with(dnsTypeName(record->type)).with(printable(record->data, 60));
    std::uint64_t answers = 0;
    for (const DnsRecord& one : message.records)
        answers += one.section == DnsSection::Answer;
    return answers > 1 ? WS_TR("dns", "%1 and %2 more").with(std::move(text)).with(answers - 1) : text;
}

/// Whom a referral points to.
Text referralOf(const DnsMessage& message) {
    for (const DnsRecord& record : message.records)
        if (record.section == DnsSection::Authority && record.type == 2)
            return WS_TR("dns", "ask %1, in charge of %2")
                .with(printable(record.target, 50))
                .with(printable(record.name, 40));
    return {};
}

struct Lookup {
    DnsMessage question, answer;
    bool asked = false, answered = false, overTcp = false, multicast = false, transfer = false,
         cutAnswer = false;
    std::uint64_t questions = 0, records = 0;
    bool linkLocal = false;
    Time took = 0;
    KindId first{};
};

Lookup lookupOf(const Story& story, Time start) {
    Lookup lookup;
    story.forEach([&](const StoryStep& step) {
        if (kind(step.kind).protocol != ProtocolId::dns)
            return true;
        const DnsVariant variant = dnsVariantOf(step.packet);
        DnsMessage message = readDns(dnsMessageOf(step.packet, step.bytes), variant);
        lookup.multicast = lookup.multicast || variant != DnsVariant::Unicast;
        lookup.linkLocal = lookup.linkLocal || variant == DnsVariant::LinkLocal;
        if (!lookup.asked && !lookup.answered)
            lookup.first = step.kind;
        if (message.head.response()) {
            lookup.overTcp = step.packet.carried == Carried::Tcp;
            lookup.cutAnswer = step.kind == KindId::dns_response_truncated;
            lookup.transfer = lookup.transfer || step.kind == KindId::dns_response_transfer;
            lookup.records += message.head.answers;
            if (!lookup.answered || !lookup.transfer)
                lookup.answer = std::move(message);
            lookup.took = step.record.time - start;
            lookup.answered = true;
        } else {
            ++lookup.questions;
            if (!lookup.asked)
                lookup.question = std::move(message);
            lookup.asked = true;
        }
        return true;
    });
    if (!lookup.asked)
        lookup.question = lookup.answer;
    return lookup;
}

/// "in 23 ms over TCP"; without the question nobody knows how long it took.
Text timing(const Lookup& lookup, Text text) {
    if (lookup.overTcp)
        text = WS_TR("dns", "%1 over TCP").with(std::move(text));
    return lookup.asked ? WS_TR("dns", "%1, in %2").with(std::move(text)).with(durationInWords(lookup.took))
                        : WS_TR("dns", "%1; the question was not captured").with(std::move(text));
}

/// The name that an answer's aliases lead to, which stand in their order as a rule; "" without any.
std::string endOfAliases(const DnsMessage& answer) {
    constexpr std::uint16_t alias = 5;
    std::string end;
    for (const DnsRecord& record : answer.records)
        if (record.section == DnsSection::Answer && record.type == alias)
            end = record.target;
    return end;
}

/// That there is no such record, or no such name.
Text absence(const Lookup& lookup, const std::string& what) {
    const std::string end = endOfAliases(lookup.answer);
    if (lookup.answer.responseCode == 3)
        return end.empty() ? WS_TR("dns", "%1: there is no such name (NXDOMAIN)").with(what)
                           : WS_TR("dns", "%1: the name stands for %2, and there is no such name (NXDOMAIN)")
                                 .with(what)
                                 .with(printable(end, 60));
    return end.empty() ? WS_TR("dns", "%1: the name exists, but has no such record").with(what)
                       : WS_TR("dns", "%1: the name stands for %2, which has no such record")
                             .with(what)
                             .with(printable(end, 60));
}

/// What the answer's records say.
Text answerSentence(const Lookup& lookup, const DnsRecord& record, const std::string& what) {
    constexpr std::uint16_t alias = 5, any = 255;
    const auto& questions = lookup.question.questions;
    const std::uint16_t type = questions.empty() ? record.type : questions.front().type;
    if (record.type == alias && type != alias && type != any)
        return WS_TR("dns", "%1: the name stands for %2, which others must be asked for")
            .with(what)
            .with(printable(endOfAliases(lookup.answer), 60));
    std::uint64_t same = 0;
    for (const DnsRecord& one : lookup.answer.records)
        same += one.section == DnsSection::Answer && one.type == record.type;
    const bool known = record.address.version || !record.target.empty();
    Text text = WS_TR("dns", "%1 is %2").with(what).with(printable(record.data, known ? 80 : 48));
    return same > 1 ? WS_TR("dns", "%1 and %2 more").with(std::move(text)).with(same - 1) : text;
}

Text resultOf(const Lookup& lookup, const std::string& what) {
    if (lookup.transfer) {
        const auto& questions = lookup.question.questions;
        // The SOA comes first and once more at the end (RFC 5936, 2.2).
        const std::uint64_t records = lookup.records > 1 ? lookup.records - 1 : lookup.records;
        return timing(lookup, WS_TRN("dns", "zone %1 transferred: %n record(s)", "", records)
                                  .with(questions.empty() ? what : printable(questions.front().name, 60)));
    }
    if (lookup.first == KindId::dns_update || lookup.first == KindId::dns_update_response)
        return timing(lookup, WS_TR("dns", "the zone was changed as asked"));
    if (lookup.first == KindId::dns_notify || lookup.first == KindId::dns_notify_response)
        return timing(lookup, WS_TR("dns", "%1: the notification was received").with(what));
    if (const DnsRecord* record = telling(lookup.answer))
        return timing(lookup, answerSentence(lookup, *record, what));
    const Text referral = referralOf(lookup.answer);
    return referral.empty() ? timing(lookup, WS_TR("dns", "%1: answered").with(what))
                            : WS_TR("dns", "%1: %2").with(what).with(referral);
}

Text sentence(const Story& story, const Exchange& exchange, const Lookup& lookup) {
    std::string what = "?";
    if (!lookup.question.questions.empty())
        what = printable(lookup.question.questions.front().name, 60) + " " +
               dnsTypeName(lookup.question.questions.front().type);
    const std::string server = story.nameOf(story.record().responder);
    switch (exchange.outcome) {
    case Outcome::Completed: break;
    case Outcome::NotFound: return absence(lookup, what);
    case Outcome::Denied: return WS_TR("dns", "%1: %2 refuses to answer").with(what).with(server);
    case Outcome::Refused:
        return WS_TR("dns", "%1: no answer, for an ICMP error says that %2 cannot be reached")
            .with(what)
            .with(server);
    case Outcome::Failed:
        return lookup.cutAnswer
                   ? WS_TR("dns", "%1: the answer was cut to fit, and nobody asked again over TCP").with(what)
                   : WS_TR("dns", "%1: %2 reports “%3”")
                         .with(what)
                         .with(server)
                         .with(dnsResponseCodeInWords(lookup.answer.responseCode));
    default:
        if (lookup.questions == 1)
            return WS_TR("dns", "%1: asked once, no answer").with(what);
        return WS_TRN("dns", "%1: asked %n time(s), no answer", "", lookup.questions).with(what);
    }
    if (lookup.multicast && !lookup.asked) {
        const DnsRecord* record = telling(lookup.answer);
        const std::string who = story.nameOf(story.record().originator);
        return record ? WS_TR("dns", "%1 announces %2 %3")
                            .with(who)
                            .with(printable(record->name, 60))
                            .with(dnsTypeName(record->type))
                      : WS_TR("dns", "%1 announces itself").with(who);
    }
    return resultOf(lookup, what);
}

Text titleOf(const Lookup& lookup) {
    if (lookup.linkLocal)
        return WS_TR("dns", "Link-local name lookup (LLMNR)");
    if (lookup.multicast)
        return lookup.asked ? WS_TR("dns", "Multicast DNS lookup")
                            : WS_TR("dns", "Multicast DNS announcement");
    switch (lookup.first) {
    case KindId::dns_notify: return WS_TR("dns", "DNS notification");
    case KindId::dns_update: return WS_TR("dns", "DNS update");
    case KindId::dns_query_transfer: return WS_TR("dns", "Zone transfer");
    case KindId::dns_query_reverse: return WS_TR("dns", "Reverse DNS lookup");
    default: return WS_TR("dns", "DNS lookup");
    }
}

} // namespace

void tellDns(const Telling& from, Message& message) {
    message.label = {"kinds", kind(message.kind).title, {}, {}};
    const DnsMessage whole = readDns(dnsMessageOf(from.packet, from.bytes), dnsVariantOf(from.packet));
    if (!whole.head.response())
        message.summary = questionOf(whole);
    else if (message.kind == KindId::dns_response_referral)
        message.summary = referralOf(whole);
    else if (const Text answer = answerOf(whole); !answer.empty())
        message.summary = answer;
    else
        message.summary = questionOf(whole);
}

void narrateDns(const Story& story, Exchange& exchange) {
    const ExchangeRecord& record = story.record();
    story.participant(exchange, record.originator, WS_TR("roles", "client"));
    if (record.responder != none)
        story.participant(exchange, record.responder, WS_TR("roles", "server"));
    const Lookup lookup = lookupOf(story, exchange.time);
    if (lookup.multicast || record.tries > 1) // others answer, or another server is asked
        story.forEach([&](const StoryStep& step) {
            const HostId host = story.hostOf(step.record.isFromResponder() || !lookup.asked
                                                 ? step.packet.network.source
                                                 : step.packet.network.destination);
            if (host != none && !step.packet.network.destination.isMulticast())
                story.participant(exchange, host, WS_TR("roles", "server"));
            else if (const HostId source = story.hostOf(step.packet.network.source); source != none)
                story.participant(exchange, source, WS_TR("roles", "answering"));
            return true;
        });
    exchange.title = titleOf(lookup);
    exchange.summary = sentence(story, exchange, lookup);
}

} // namespace wirestage
