// SPDX-License-Identifier: GPL-3.0-or-later
// FTP sessions over real frames: a client and a server in a network that runs, and what is left at both ends.
#pragma once

#include "ftp_bench.h"
#include "tests/core/simulation/networks.h"

namespace wirestage::simulation::test {

struct FtpRun {
    Run run;
    std::vector<FtpFetched> fetched; ///< by the client
    FtpFiles files;                  ///< of the server

    /// The last state of a host's FTP.
    [[nodiscard]] std::string lastState(std::string_view host) const;
    /// The control connection as one end hears it: the replies' codes, in order.
    [[nodiscard]] std::vector<std::string> replies() const;
    /// SYNs without ACK that a host sent, as "source>destination port".
    [[nodiscard]] std::vector<std::string> openings(std::string_view host) const;
};

struct FtpScene {
    NetworkSetup network = twoHosts();
    std::string server = "192.168.1.20";
    Settings serverSettings = ftpServerSettings();
    Settings session;
    std::vector<Settings> further; ///< sessions, a minute after one another
    Interference* interference = nullptr;
};

FtpRun runFtp(FtpScene scene);

/// A client behind a translator, which lets only answers in, and a server outside.
FtpScene behindTranslator();

} // namespace wirestage::simulation::test
