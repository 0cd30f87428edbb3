// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a search and holds exchanges against it. The cheap parts (columns of the index) are asked before the
// words of a sentence, which has to be made first.
#include "app/exchanges/exchange_query.h"

#include "app/window/translate.h"
#include "core/protocols/protocol_names.h"

#include <QCoreApplication>

#include <algorithm>

namespace wirestage {
namespace {

/// The context of this file's words.
class Words {
    Q_DECLARE_TR_FUNCTIONS(wirestage::ExchangeQuery)
};

/// Splits at blanks outside quotes; the quotes go.
QStringList pieces(const QString& typed) {
    QStringList found;
    QString piece;
    bool quoted = false;
    for (const QChar c : typed) {
        if (c == '"') {
            quoted = !quoted;
        } else if (c.isSpace() && !quoted) {
            if (!piece.isEmpty())
                found << piece;
            piece.clear();
        } else {
            piece += c;
        }
    }
    if (!piece.isEmpty())
        found << piece;
    return found;
}

QString normalOutcome(QString word) {
    return word.replace('-', '_').replace(' ', '_');
}

bool isOutcome(const QString& word) {
    for (int i = 0; i <= static_cast<int>(Outcome::Ongoing); ++i)
        if (fromUtf8(name(static_cast<Outcome>(i))).startsWith(word))
            return true;
    return false;
}

bool isProtocol(const QString& word) {
    return std::any_of(protocolNames.begin(), protocolNames.end(),
                       [&](std::string_view known) { return fromUtf8(known).startsWith(word); });
}

bool isWholeProtocol(const QString& word) {
    return std::any_of(protocolNames.begin(), protocolNames.end(),
                       [&](std::string_view known) { return fromUtf8(known) == word; });
}

QString outcomeNames() {
    QStringList names;
    for (int i = 0; i <= static_cast<int>(Outcome::Ongoing); ++i)
        names << fromUtf8(name(static_cast<Outcome>(i)));
    return names.join(QStringLiteral(", "));
}

} // namespace

QString protocolTitle(ProtocolId protocol) {
    const auto short_ = name(protocol);
    if (short_ == "icmpv6")
        return QStringLiteral("ICMPv6");
    if (short_ == "ipv6")
        return QStringLiteral("IPv6");
    if (short_ == "eth")
        return QStringLiteral("Ethernet");
    return fromUtf8(short_).toUpper();
}

ExchangeQuery parseQuery(const QString& typed) {
    ExchangeQuery query;
    for (QString piece : pieces(typed)) {
        QueryPart part;
        if (piece.size() > 1 && piece.startsWith('-')) {
            part.turned = true;
            piece.remove(0, 1);
        }
        const auto colon = piece.indexOf(':');
        const QString key = piece.left(colon).toLower();
        QString value = piece.mid(colon + 1).toLower();
        if (colon > 0 && key == u"protocol") {
            part.what = QueryPart::What::Protocol;
            if (!isProtocol(value))
                query.problem = Words::tr("“%1” is not a protocol that is decoded here.").arg(value);
        } else if (colon > 0 && key == u"outcome") {
            part.what = QueryPart::What::Outcome;
            value = normalOutcome(value);
            if (!isOutcome(value))
                query.problem =
                    Words::tr("There is no outcome “%1”; there are: %2.").arg(value, outcomeNames());
        } else if (colon > 0 && key == u"host") {
            part.what = QueryPart::What::Host;
        } else {
            value = piece.toLower(); // 02:00:5e:... and times keep their colons
        }
        part.value = value;
        if (!part.value.isEmpty())
            query.parts.push_back(part);
    }
    std::stable_sort(query.parts.begin(), query.parts.end(),
                     [](const QueryPart& a, const QueryPart& b) { return a.what < b.what; });
    return query;
}

bool QueryMatcher::matches(ExchangeId id) {
    const ExchangeRow row = source.row(id);
    return std::all_of(query.parts.begin(), query.parts.end(),
                       [&](const QueryPart& part) { return holds(part, id, row) != part.turned; });
}

bool QueryMatcher::hostHolds(const QueryPart& part, HostId host) {
    const Participant participant = source.host(host);
    if (part.what == QueryPart::What::Words) {
        const auto contains = [&](const std::string& text) {
            return fromUtf8(text).contains(part.value, Qt::CaseInsensitive);
        };
        return contains(participant.name) ||
               std::any_of(participant.addresses.begin(), participant.addresses.end(), contains);
    }
    // An address must match whole (10.0.0.1 is not 10.0.0.17), a name may match in part.
    const bool address =
        std::all_of(part.value.begin(), part.value.end(),
                    [](QChar c) { return c.isDigit() || c == '.' || c == ':' || (c >= 'a' && c <= 'f'); }) &&
        (part.value.contains('.') || part.value.contains(':'));
    for (const auto& one : participant.addresses)
        if (fromUtf8(one).toLower() == part.value)
            return true;
    const QString name = fromUtf8(participant.name).toLower();
    return address ? name == part.value : name.contains(part.value);
}

bool QueryMatcher::isHost(HostId host, std::size_t part) {
    if (host == none)
        return false;
    const std::size_t at = host * query.parts.size() + part;
    if (at >= known.size())
        known.resize(std::max(at + 1, known.size() * 2));
    if (known[at] == 0)
        known[at] = hostHolds(query.parts[part], host) ? 2 : 1;
    return known[at] == 2;
}

bool QueryMatcher::holds(const QueryPart& part, ExchangeId id, const ExchangeRow& row) {
    const auto index = static_cast<std::size_t>(&part - query.parts.data());
    switch (part.what) {
    case QueryPart::What::Protocol: {
        // A whole name means that protocol alone (ip is not ipv6), the beginning of one all it may become.
        const QString protocol = fromUtf8(name(row.protocol));
        return protocol == part.value || (!isWholeProtocol(part.value) && protocol.startsWith(part.value));
    }
    case QueryPart::What::Outcome: return fromUtf8(name(row.outcome)).startsWith(part.value);
    case QueryPart::What::Host: return isHost(row.originator, index) || isHost(row.responder, index);
    case QueryPart::What::Words: break;
    }
    return protocolTitle(row.protocol).toLower().contains(part.value) ||
           tr(title(row.outcome)).toLower().contains(part.value) || isHost(row.originator, index) ||
           isHost(row.responder, index) || tr(source.sentence(id)).toLower().contains(part.value);
}

} // namespace wirestage
