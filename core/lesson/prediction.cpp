// SPDX-License-Identifier: GPL-3.0-or-later
// Choosing: the right kind, and wrong ones that can be told to be wrong.
#include "core/lesson/prediction.h"

#include <algorithm>
#include <array>
#include <functional>

namespace wirestage::lesson {
namespace {

constexpr std::size_t mostWrong = 3;
constexpr std::uint64_t mostPast = 64; ///< messages looked back at

/// Kinds that a learner would think of, by protocol.
constexpr std::array<KindId, 44> candidates{KindId::tcp_syn,
                                            KindId::tcp_syn_ack,
                                            KindId::tcp_ack,
                                            KindId::tcp_data,
                                            KindId::tcp_fin,
                                            KindId::tcp_rst,
                                            KindId::dhcp_discover,
                                            KindId::dhcp_offer,
                                            KindId::dhcp_request,
                                            KindId::dhcp_ack,
                                            KindId::dhcp_nak,
                                            KindId::dhcp_decline,
                                            KindId::dhcp_release,
                                            KindId::dns_query,
                                            KindId::dns_response,
                                            KindId::dns_response_nxdomain,
                                            KindId::dns_response_referral,
                                            KindId::dns_response_truncated,
                                            KindId::dns_query_transfer,
                                            KindId::arp_request,
                                            KindId::arp_reply,
                                            KindId::arp_request_gratuitous,
                                            KindId::arp_request_probe,
                                            KindId::icmp_echo_request,
                                            KindId::icmp_echo_reply,
                                            KindId::icmp_unreachable_host,
                                            KindId::icmp_unreachable_port,
                                            KindId::icmp_unreachable_fragmentation_needed,
                                            KindId::icmp_time_exceeded_ttl,
                                            KindId::icmp_time_exceeded_reassembly,
                                            KindId::icmp_redirect_host,
                                            KindId::ftp_command_user,
                                            KindId::ftp_command_pass,
                                            KindId::ftp_command_pasv,
                                            KindId::ftp_command_port,
                                            KindId::ftp_command_retr,
                                            KindId::ftp_command_list,
                                            KindId::ftp_command_quit,
                                            KindId::ftp_reply_220,
                                            KindId::ftp_reply_331,
                                            KindId::ftp_reply_230,
                                            KindId::ftp_reply_227,
                                            KindId::ftp_reply_150,
                                            KindId::ftp_reply_226};

bool related(KindId a, KindId b) {
    return isKind(a, kind(b).name) || isKind(b, kind(a).name);
}

Moment momentBefore(const Capture& capture, const MessageRef& next,
                    const std::function<Message(const MessageRef&)>& messageOf) {
    Moment moment;
    const Message message = messageOf(next);
    moment.sender = message.from;
    if (message.from != none)
        moment.senderName = capture.host(message.from).name;
    if (message.exchange == none)
        return moment;
    const MessageList list = capture.messages({message.exchange}, next.level);
    const std::uint64_t end = list.rowAtOrAfter(next.packet);
    for (std::uint64_t row = end > mostPast ? end - mostPast : 0; row < end; ++row) {
        const Message past = messageOf(list.at(row));
        moment.past.push_back({past.kind, past.from});
    }
    return moment;
}

} // namespace

bool Moment::seen(std::string_view kind) const {
    return std::any_of(past.begin(), past.end(), [&](const Past& one) { return isKind(one.kind, kind); });
}

bool Moment::seenFrom(std::string_view kind, HostId from) const {
    return std::any_of(past.begin(), past.end(),
                       [&](const Past& one) { return one.from == from && isKind(one.kind, kind); });
}

bool Moment::answers(std::string_view kind) const {
    return !past.empty() && past.back().from != sender && isKind(past.back().kind, kind);
}

std::optional<Prediction> predict(const Message& next, const Moment& moment,
                                  const std::vector<std::string>& wrong) {
    Prediction prediction;
    prediction.from = next.from;
    std::vector<KindId> among;
    for (const std::string& one : wrong)
        if (const auto kind = kindOfName(one))
            among.push_back(*kind);
    if (among.empty())
        for (const KindId one : candidates)
            if (kind(one).protocol == kind(next.kind).protocol)
                among.push_back(one);
    if (among.empty())
        return std::nullopt;
    // Another place to begin at for each message, so that the same wrong answers do not always come.
    const std::size_t turn = wrong.empty() ? next.ref.packet * 7U : 0;
    for (std::size_t i = 0; i < among.size() && prediction.choices.size() < mostWrong; ++i) {
        const KindId one = among[(turn + i) % among.size()];
        if (related(one, next.kind))
            continue;
        if (auto why = whyNotNow(one, moment))
            prediction.choices.push_back({one, false, *std::move(why)});
    }
    if (prediction.choices.empty())
        return std::nullopt;
    const std::size_t place = (next.ref.packet * 5U + 1) % (prediction.choices.size() + 1);
    prediction.choices.insert(prediction.choices.begin() + static_cast<std::ptrdiff_t>(place),
                              PredictionChoice{next.kind, true, {}});
    return prediction;
}

std::optional<Prediction> predict(const Capture& capture, const MessageRef& next) {
    const auto messageOf = [&](const MessageRef& ref) { return capture.message(ref); };
    const Message message = capture.message(next);
    Moment moment = momentBefore(capture, next, messageOf);
    if (message.exchange != none) {
        const Exchange exchange = capture.exchange(message.exchange);
        for (const Transition& change : exchange.transitions) {
            const bool before =
                change.cause == none ? change.time < message.time : change.cause < next.packet;
            if (before && exchange.participants[change.participant].host == moment.sender)
                moment.senderState = change.state;
        }
    }
    return predict(message, moment);
}

std::optional<Prediction> predict(const LessonRun& run, const MessageRef& next) {
    const auto messageOf = [&](const MessageRef& ref) { return run.message(ref); };
    const Message message = run.message(next);
    Moment moment = momentBefore(*run.whole, next, messageOf);
    const ProtocolId protocol = kind(message.kind).protocol;
    for (const simulation::StateChange& change : run.run.states)
        if (change.node == moment.sender && change.protocol == protocol &&
            change.time < message.sent.value_or(message.time))
            moment.senderState = change.state;
    for (const Question* question : run.questionsBefore(message))
        if (question->answers.empty())
            return predict(message, moment, question->wrong);
    return predict(message, moment, {});
}

} // namespace wirestage::lesson
