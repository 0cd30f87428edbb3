// SPDX-License-Identifier: GPL-3.0-or-later
// An FTP client for simulated hosts: the verb `ftp.session` opens a session and works off its commands
// (ftp_client_session_endpoints.h, which also names the states).
#pragma once

#include "core/protocols/ftp/ftp_client_session_endpoints.h"
#include "core/simulation/endpoints.h"

#include <memory>
#include <vector>

namespace wirestage::simulation {

class FtpClient : public Application {
public:
    void command(HostServices& host, const Command& command) override;
    void stream(HostServices& host, const StreamEvent& event) override;
    [[nodiscard]] std::optional<Time> deadline() const override;
    void wake(HostServices& host) override;

    /// Listings and files that came whole, of all sessions that are over or still open.
    [[nodiscard]] std::vector<FtpFetched> fetched() const;

private:
    FtpClientSession* sessionOf(const StreamEvent& event);
    std::vector<std::unique_ptr<FtpClientSession>> sessions;
};

extern const ApplicationType ftpClientType; ///< "ftp-client"

} // namespace wirestage::simulation
