// SPDX-License-Identifier: GPL-3.0-or-later
// Lessons that need no protocol's endpoints.
#pragma once

#include <string_view>

namespace wirestage::lesson {

inline constexpr std::string_view smallLesson = R"(id = "x"
title = "A small one"
goal = "One can tell right from wrong."
vantage = "left"

[[parameter]]
name = "delay"
title = "Delay"
unit = "s"
value = 0.005
least = 0
most = 1

[[host]]
name = "left"
address = "10.0.0.1/24"
mtu = 1000
[[switch]]
name = "middle"
[[host]]
name = "right"
address = "10.0.0.2/24"
gateway = "10.0.0.1"

[[link]]
between = ["left", "middle"]
delay = "$delay"
[[link]]
between = ["middle", "right"]

[[phase]]
title = "All of it"
from = "arp.request"
to = "arp.reply"

[[pattern]]
name = "ask"
kind = "arp.request"
from = "left"
to = "*"
[[pattern]]
name = "answer"
kind = "arp.reply"
from = "right"
rules = ["answer.arp.src.proto_ipv4 = ask.arp.dst.proto_ipv4"]

[[narration]]
kind = "arp.request"
brief = "Who has {arp.dst.proto_ipv4}?"
[[question]]
before = "arp.reply"
why = "Only the one who was asked answers."

[[variant]]
id = "slow"
title = "Slow"
set = { delay = 1 }
faults = ["drop:arp.reply"]
drop = ["answer"]
[[variant.host]]
name = "right"
address = "10.0.0.9/24"
[[variant.pattern]]
name = "ask"
optional = true
[[variant.pattern]]
name = "again"
kind = "arp.request"
insert_before = "ask"
)";

/// A ping across a router, without ARP.
inline constexpr std::string_view routedPing = R"(id = "x"
title = "Across a router"
goal = "One sees a packet twice and counts it once."
vantage = "near"
neighbours_known = true
[[host]]
name = "left"
address = "10.0.0.2/24"
gateway = "router"
[[router]]
name = "router"
[[router.interface]]
name = "near"
address = "10.0.0.1/24"
[[router.interface]]
name = "far"
address = "10.0.1.1/24"
[[host]]
name = "right"
address = "10.0.1.2/24"
gateway = "router"
[[link]]
name = "near"
between = ["left", "router:near"]
delay = 0.001
[[link]]
name = "far"
between = ["router:far", "right"]
delay = 0.002
[[step]]
host = "left"
do = "ping"
to = "right"
count = 2
[[phase]]
title = "Echo"
from = "icmp.echo_request"
to = "icmp.echo_reply"
[[pattern]]
name = "request"
kind = "icmp.echo_request"
from = "left"
to = "right"
loop = "echo"
[[pattern]]
name = "reply"
kind = "icmp.echo_reply"
from = "right"
to = "left"
loop = "echo"
rules = ["reply.icmp.seq = request.icmp.seq"]
[[narration]]
kind = "icmp.echo_request"
brief = "Any request"
[[narration]]
kind = "icmp.echo_request"
nth = 2
brief = "The second one"
[[narration]]
kind = "icmp.echo_request"
lost = true
brief = "A lost one"
[[question]]
before = "icmp.echo_reply"
why = "It was asked."
)";

} // namespace wirestage::lesson
