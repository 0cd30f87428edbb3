// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson with everything chosen: which network runs, what its hosts are told to do, what is then expected
// to happen, and what is said about it. Values only; lesson_file.h reads them, lesson_run.h runs them.
#pragma once

#include "core/exchange/model.h"
#include "core/simulation/network.h"
#include "core/text/text.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace wirestage::lesson {

/// Where something stands in a lesson file; both from 1.
struct Place {
    std::uint32_t line = 0, column = 0;
    bool operator==(const Place&) const = default;
};

/// Something that the learner may turn. The type follows from the value in the file: a truth, a whole number,
/// a number, a text, a list of texts.
struct Parameter {
    std::string name;
    Text title;
    std::string unit;                 ///< "s", "bytes", "%", ...; may be empty
    simulation::SettingValue value;   ///< as chosen
    simulation::SettingValue preset;  ///< as the file (or the variant) has it
    double least = 0, most = 0;       ///< of a number; equal: no limits were given
    std::vector<std::string> choices; ///< of a text: these and no other, where there are any
};

/// One of a lesson's variants, for a list of them.
struct VariantInfo {
    std::string id;
    Text title, goal;                                    ///< `goal` may be empty
    std::vector<std::string> faults;                     ///< as on the command line
    std::map<std::string, simulation::SettingValue> set; ///< parameters that it turns
    std::vector<std::string> explains;                   ///< see Lesson::explains
};

/// A participant as the diagram shows it; `Lesson::network.nodes` has the same ones in the same order.
struct Host {
    std::string name; ///< as the file, --at and faults say it
    Text title;       ///< as shown; the name where the file has none
    std::string icon; ///< "laptop", "server", "router", ...; may be empty
    simulation::NodeRole role = simulation::NodeRole::Host;
};

/// Which messages something is about. Every part that is given must hold.
struct MessageSelector {
    std::string kind;     ///< with every kind below it; "" any
    std::string from, to; ///< names of hosts; `to` "*": a broadcast
    unsigned nth = 0;     ///< only the nth such message of the run; 0: each
    std::string note;     ///< "retransmission", ...; name of a Note
    std::optional<bool> lost;
    bool operator==(const MessageSelector&) const = default;
};

/// What is said about a message. Prose as in the knowledge base (core/knowledge/prose.h): {ip.ttl} stands for
/// the message's own value.
struct Narration {
    MessageSelector about;
    Text brief;   ///< a line for the projector
    Text full;    ///< for self-study
    Text teacher; ///< what a teacher may want to know or ask
};

/// A framed part of the diagram: from the first message of kind `from` to the last one of kind `to` before
/// the next phase begins.
struct PhaseRule {
    std::string name;
    Text title;
    MessageSelector from, to;
};

/// Before a message: what comes next? The answer is the kind of the message that does come, unless the lesson
/// brings answers of its own.
struct Question {
    MessageSelector before;
    Text ask; ///< may be empty: "What comes next?"
    Text why; ///< said once the learner has chosen
    std::vector<std::string>
        wrong;                 ///< kinds to choose from besides the right one; empty: found by prediction
    std::vector<Text> answers; ///< where it is no question of kinds
    std::size_t right = 0;     ///< place in `answers`
};

/// "offer.dhcp.id = discover.dhcp.id": both sides are fields of named steps, `time`, numbers or texts.
struct Rule {
    std::string text;
    Place place;
    bool operator==(const Rule&) const = default;
};

/// One step of the expected exchange.
struct PatternStep {
    std::string name;               ///< by which rules and variants know it
    std::vector<std::string> kinds; ///< one of these, with every kind below; each a kind or a family of kinds
    std::string from, to; ///< "" any; `to` "*": everybody. Names are hosts in a lesson's own run and
                          ///< stand for whoever it turns out to be in a captured exchange
    bool optional = false;
    bool never = false;   ///< optional, and more than that: it must not come
    bool repeat = false;  ///< may come several times in a row
    std::string anyOrder; ///< neighbours with the same word here come in any order
    std::string loop;     ///< neighbours with the same word here come again and again, in order
    Notes notes;          ///< only messages with one of these; none: all
    std::vector<Rule> rules;
};

struct Pattern {
    std::vector<PatternStep> steps;
    std::vector<Rule> rules; ///< about the whole: checked once at the end
};

/// A lesson, one of its variants and every parameter chosen.
struct Lesson {
    std::string id;
    Text title, goal;
    Text introduction, conclusion; ///< prose; may be empty
    unsigned chapter = 0;
    int order = 0;
    std::string vantage;             ///< default for --at
    std::optional<Level> level;      ///< that the diagram shows first; nothing: the highest of each exchange
    std::vector<std::string> charts; ///< "sequence", "congestion", "window", "round_trip": shown beside it
    std::vector<std::string> hide;   ///< kinds that are beside this lesson's point: the diagram folds them
    /// What a captured exchange may have come to when this lesson explains it: "dhcp.timeout" (protocol and
    /// outcome) or a kind ("icmp.unreachable.port").
    std::vector<std::string> explains;

    std::vector<Parameter> parameters;
    std::vector<VariantInfo> variants;
    std::string variant;             ///< the chosen one; empty: the lesson as it is
    std::vector<std::string> faults; ///< the lesson's own, or instead of them the variant's
    /// What Wireshark may complain of in this variant, because it is what the variant shows: names of notes
    /// ("retransmission", "checksum_bad", ...).
    std::vector<std::string> expect;

    simulation::NetworkSetup network;
    std::vector<Host> hosts;
    std::vector<PhaseRule> phases;
    Pattern pattern;
    std::vector<Narration> narration; ///< a variant's own come first
    std::vector<Question> questions;
};

/// What somebody has chosen.
struct Choice {
    std::string variant;                                        ///< empty: the lesson as it is
    std::map<std::string, simulation::SettingValue> parameters; ///< those that differ
    std::vector<std::string> faults; ///< besides the variant's; as on the command line
    std::string vantage;             ///< empty: the lesson's own
    bool operator==(const Choice&) const = default;
};

} // namespace wirestage::lesson
