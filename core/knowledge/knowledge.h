// SPDX-License-Identifier: GPL-3.0-or-later
// What the program knows about kinds of messages, fields, notes, states and outcomes: the words of
// resources/knowledge/*.toml, which are built into the program, filled with a message's own values.
//
// A file holds any of these tables; a text may have places for values as in prose.h:
//     [protocol.dhcp]           title, text, rfc
//     [kind."dhcp.offer"]       title, text, knows.from, knows.to, why = { question, answer }, rfc
//     [field."dhcp.ip.your"]    title, text, rfc, and a table `values` with words for single values: "1" =
//     "...",
//                               or, by number, for a range of them: "1..31" = "..."
//     [note.retransmission]     title, text, rfc
//     [state."tcp.ESTABLISHED"] title, text, rfc
//     [outcome.refused]         title, text
// `why` and `values` may be left out. A kind has a text of its own or none: nothing is inherited from
// "dns.response" to "dns.response.nxdomain". A translator finds the texts of dhcp.toml in the context
// "knowledge/dhcp".
#pragma once

#include "core/knowledge/prose.h"
#include "core/protocols/kind.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wirestage {

/// A message explained. Everything is rendered: plain words, ready to show. Parts a text does not have are
/// empty.
struct Explanation {
    std::string title, text;
    std::string knowsFrom, knowsTo; ///< what the sending and the receiving end know now
    std::string question, answer;   ///< where a learner would ask
    std::string rfc;                ///< "RFC 2131, section 4.3.1"
};

struct FieldExplanation {
    std::string title, text;
    std::string valueWords; ///< about this very value; often empty
    std::string rfc;
};

/// Who speaks, for a text that mentions them.
struct Speakers {
    std::string_view from, to, label; ///< `to` empty or "*": everybody who listens
};

/// One file of the knowledge base.
struct KnowledgeFile {
    std::string_view name; ///< "dhcp", without ".toml"
    std::string_view text;
};

/// The files built into the program.
std::span<const KnowledgeFile> builtInKnowledge();

class Knowledge {
public:
    /// Reads the built-in files, or others. What is wrong with a file ("dhcp: line 3: ...") is in `problems`;
    /// the entries that could be read are there all the same.
    static Knowledge load(std::span<const KnowledgeFile> files = builtInKnowledge());
    /// The built-in knowledge, read once, when first asked for. Safe from any thread.
    static const Knowledge& builtIn();

    /// Whether the kind has a text of its own.
    [[nodiscard]] bool explained(KindId kind) const;
    [[nodiscard]] std::optional<Explanation> explain(KindId kind, const Description& packet,
                                                     const Speakers& speakers = {},
                                                     const Translate& translate = english) const;
    /// A field by its name; a protocol's own node ("ip", "tcp") gets the protocol's text.
    [[nodiscard]] std::optional<FieldExplanation> field(std::string_view name, const Field& field,
                                                        const Translate& translate = english) const;
    [[nodiscard]] std::optional<Explanation> protocol(ProtocolId id,
                                                      const Translate& translate = english) const;
    /// By its word in the command line's `notes`: "duplicate_ack".
    [[nodiscard]] std::optional<Explanation> note(std::string_view name, const Description& packet,
                                                  const Speakers& speakers = {},
                                                  const Translate& translate = english) const;
    /// "tcp", "SYN-SENT"; "dhcp", "BOUND".
    [[nodiscard]] std::optional<Explanation> state(std::string_view protocol, std::string_view state,
                                                   const Translate& translate = english) const;
    /// By its word in the command line's `outcome`: "not_found".
    [[nodiscard]] std::optional<Explanation> outcome(std::string_view name,
                                                     const Translate& translate = english) const;

    /// One entry as it stands in its file. `what` is "kind", "field", "protocol", "note", "state" or
    /// "outcome".
    struct Entry {
        std::string what, name;
        std::string context; ///< "knowledge/dhcp"
        std::string title, text, knowsFrom, knowsTo, question, answer, rfc;
        std::map<std::string, std::string, std::less<>> values;
    };
    [[nodiscard]] std::span<const Entry> entries() const { return all; }
    [[nodiscard]] const Entry* entry(std::string_view what, std::string_view name) const;

    std::vector<std::string> problems;

private:
    [[nodiscard]] std::optional<Explanation> rendered(const Entry* entry, const ProseValues& values,
                                                      const Translate& translate) const;
    void read(const KnowledgeFile& file);

    std::vector<Entry> all;
    std::map<std::string, std::size_t, std::less<>> places; ///< "kind dhcp.offer" -> place in `all`
};

} // namespace wirestage
