// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/overlay/goals.h"

namespace wirestage::overlay {

const std::vector<Goal>& goals() {
    static const std::vector<Goal> all{
        {"dora", WS_TR("goals", "Make a DORA happen"), {{"dhcp-dora", ""}}},
        {"renew", WS_TR("goals", "Keep an address: renew the lease"), {{"dhcp-renew", ""}}},
        {"name-connect",
         WS_TR("goals", "Resolve a name, then connect"),
         {{"dns-lookup", ""}, {"tcp-handshake", ""}}},
        {"no-such-name", WS_TR("goals", "Ask for a name that nobody has"), {{"dns-nxdomain", ""}}},
        {"who-has-ping", WS_TR("goals", "Find a neighbour, then ping it"), {{"arp", ""}, {"ping", ""}}},
        {"connect-close",
         WS_TR("goals", "Open a connection, then close it"),
         {{"tcp-handshake", ""}, {"tcp-close", ""}}},
        {"refused", WS_TR("goals", "Be refused by a closed port"), {{"tcp-reset", ""}}},
        {"traceroute", WS_TR("goals", "Find the routers on the way"), {{"traceroute", ""}}},
        {"ftp-passive", WS_TR("goals", "Fetch a file by passive FTP"), {{"ftp-passive", ""}}},
        {"ftp-denied", WS_TR("goals", "Log in with a wrong password"), {{"ftp-login-denied", ""}}},
    };
    return all;
}

} // namespace wirestage::overlay
