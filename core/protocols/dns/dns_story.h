// SPDX-License-Identifier: GPL-3.0-or-later
// The kinds and words of DNS messages, and the sentence of a lookup.
#pragma once

#include "core/grouping/room.h"
#include "core/protocols/dns/dns_wire.h"

namespace wirestage {

/// The message without the length that stands in front of it on TCP.
Bytes dnsMessageOf(const Dissection& packet, Bytes message);
DnsVariant dnsVariantOf(const Dissection& packet);
KindId dnsKind(const DnsHead& head, DnsVariant variant);
void tellDns(const Telling& telling, Message& message);
void narrateDns(const Story& story, Exchange& exchange);

} // namespace wirestage
