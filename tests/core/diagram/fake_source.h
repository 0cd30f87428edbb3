// SPDX-License-Identifier: GPL-3.0-or-later
// A source of diagrams that needs no capture: a few lines make a story, and a counter tells how often it was
// asked.
#pragma once

#include "core/diagram/source.h"

#include <atomic>
#include <map>
#include <random>

namespace wirestage::diagram {

class FakeSource : public DiagramSource {
public:
    HostId host(std::string name, std::string role, std::vector<std::string> addresses) {
        hosts.push_back({static_cast<HostId>(hosts.size()), std::move(name), Text::verbatim(std::move(role)),
                         std::move(addresses)});
        return hosts.back().host;
    }

    Message& say(Time milliseconds, HostId from, HostId to, KindId kindId, std::string summary) {
        Message m;
        m.ref = {static_cast<PacketIndex>(messages.size()), kind(kindId).level, 0};
        m.number = messages.size() + 1;
        m.packets = {m.ref.packet};
        m.exchange = 0;
        m.time = milliseconds * 1'000'000;
        m.from = from;
        m.to = to;
        m.kind = kindId;
        m.label = WS_TR("kinds", kind(kindId).title);
        m.summary = Text::verbatim(std::move(summary));
        messages.push_back(std::move(m));
        return messages.back();
    }

    void state(HostId whose, std::string word, Row first, Row end, bool atStart = false,
               bool inferred = false) {
        spans.push_back({whose, std::move(word), first, end, inferred, atStart});
    }
    void timer(HostId whose, std::string words, Row first, Row end, bool fired = false) {
        timerMarks.push_back({whose, Text::verbatim(std::move(words)), first, end, fired});
    }
    void phase(std::string title, Row first, Row last) {
        frames.push_back({Text::verbatim(std::move(title)), first, last});
    }

    [[nodiscard]] Row size() const override { return messages.size(); }
    [[nodiscard]] RowFacts facts(Row row) const override {
        ++asked;
        const Message& m = messages[row];
        return {m.kind, m.notes, m.exchange, m.ref.packet, m.time, m.lost.value_or(false)};
    }
    [[nodiscard]] std::uint32_t bytes(Row row) const override { return row < forgotten ? 0 : 1514; }
    [[nodiscard]] Message message(Row row) const override {
        ++decoded;
        return messages[row];
    }
    [[nodiscard]] const std::vector<Participant>& participants() const override { return hosts; }
    [[nodiscard]] const std::vector<StateSpan>& states() const override { return spans; }
    [[nodiscard]] const std::vector<PhaseSpan>& phases() const override { return frames; }

    [[nodiscard]] const std::vector<TimerMark>& timers() const override { return timerMarks; }
    [[nodiscard]] std::optional<Way> way(Row row) const override {
        const auto found = ways.find(row);
        return found == ways.end() ? std::nullopt : std::optional(found->second);
    }

    Row forgotten = 0; ///< of the rows before it nobody knows the size any more
    std::vector<Participant> hosts;
    std::vector<TimerMark> timerMarks;
    std::vector<Message> messages;
    std::vector<StateSpan> spans;
    std::vector<PhaseSpan> frames;
    std::map<Row, Way> ways;
    mutable std::atomic<std::uint64_t> asked = 0, decoded = 0;
};

/// As many messages as one likes without holding any.
class EndlessSource : public FakeSource {
public:
    explicit EndlessSource(Row howMany) : count(howMany) {
        host("client", "client", {"192.0.2.1"});
        host("server", "server", {"192.0.2.2"});
    }
    [[nodiscard]] Row size() const override { return count; }
    [[nodiscard]] RowFacts facts(Row row) const override {
        ++asked;
        RowFacts facts;
        facts.kind = row % 3 == 0 ? KindId::dns_query : KindId::arp_request;
        facts.packet = static_cast<PacketIndex>(row);
        facts.time = static_cast<Time>(row) * 1'000'000;
        return facts;
    }
    [[nodiscard]] Message message(Row row) const override {
        ++decoded;
        Message m;
        m.ref.packet = static_cast<PacketIndex>(row);
        m.number = row + 1;
        m.kind = row % 3 == 0 ? KindId::dns_query : KindId::arp_request;
        m.from = static_cast<HostId>(row % 2);
        m.to = 1 - m.from;
        m.time = static_cast<Time>(row) * 1'000'000;
        m.label = WS_TR("kinds", kind(m.kind).title);
        m.summary = Text::verbatim("message " + std::to_string(row));
        return m;
    }
    Row count;
};

/// Discover, Offer, Request, Ack as in RFC 2131, figure 3, with a third host that hears the broadcasts.
inline std::shared_ptr<FakeSource> doraStory() {
    auto s = std::make_shared<FakeSource>();
    const HostId laptop = s->host("Laptop", "DHCP client", {"02:00:5e:10:00:01", "0.0.0.0"});
    const HostId server = s->host("DHCP server", "server", {"192.168.1.1", "port 67"});
    s->host("Printer", "", {"192.168.1.20"});
    s->say(0, laptop, none, KindId::dhcp_discover, "“Is there a DHCP server?” to 255.255.255.255");
    s->say(21, server, laptop, KindId::dhcp_offer, "192.168.1.57, mask, gateway, DNS, for 1 h");
    s->say(43, laptop, none, KindId::dhcp_request,
           "“I take 192.168.1.57 from 192.168.1.1” still a broadcast");
    s->say(61, server, laptop, KindId::dhcp_ack, "192.168.1.57 is yours for 1 h");
    s->state(laptop, "INIT", 0, 0, true);
    s->state(laptop, "SELECTING", 0, 2);
    s->state(server, "offered .57", 1, 3);
    s->state(laptop, "REQUESTING", 2, 3);
    s->state(laptop, "BOUND", 3, noRow);
    s->state(server, "leased .57, 1 h", 3, noRow);
    s->spans[0].end = 0;
    s->phase("Find a server", 0, 1);
    s->phase("Ask and receive", 2, 3);
    return s;
}

/// A connection with a fold, a retransmission, a lost end and a reset: RFC 9293, figures 5 and 12.
inline std::shared_ptr<FakeSource> tcpStory() {
    auto s = std::make_shared<FakeSource>();
    const HostId client =
        s->host("laptop.example", "client", {"2001:db8:85a3:1234:5678:8a2e:370:7334", "port 50612"});
    const HostId server = s->host("www.example.org", "server", {"203.0.113.80", "port 80"});
    s->say(0, client, server, KindId::tcp_syn, "Seq=0 Win=64240 MSS=1460 WS=128");
    s->say(20, server, client, KindId::tcp_syn_ack, "Seq=0 Ack=1 Win=65160 MSS=1460 WS=128");
    s->say(20, client, server, KindId::tcp_ack, "Seq=1 Ack=1 Win=64256");
    s->say(21, client, server, KindId::tcp_data, "Seq=1 Ack=1, 78 bytes");
    for (int i = 0; i < 1240; ++i)
        s->say(41 + i / 10, server, client, i % 3 == 2 ? KindId::tcp_ack : KindId::tcp_data, "1460 bytes");
    s->say(180, server, client, KindId::tcp_data, "Seq=1788 Ack=79, 1460 bytes")
        .notes.add(Note::Retransmission);
    s->say(200180, client, server, KindId::tcp_fin, "Seq=79 Ack=3248");
    s->say(200200, server, client, KindId::tcp_rst, "Seq=3248");
    const Row n = s->size();
    s->state(client, "CLOSED", 0, 0, true);
    s->state(server, "LISTEN", 0, 1, true, true);
    s->state(client, "SYN-SENT", 0, 1);
    s->state(server, "SYN-RECEIVED", 1, 2);
    s->state(client, "ESTABLISHED", 1, n - 2);
    s->state(server, "ESTABLISHED", 2, n - 2);
    s->state(client, "FIN-WAIT-1", n - 2, n - 1);
    s->state(server, "CLOSE-WAIT", n - 2, n - 1);
    s->state(client, "CLOSED", n - 1, noRow);
    s->state(server, "CLOSED", n - 1, noRow);
    s->phase("Handshake", 0, 2);
    s->phase("Transfer", 3, n - 3);
    s->phase("Close", n - 2, n - 1);
    return s;
}

} // namespace wirestage::diagram
