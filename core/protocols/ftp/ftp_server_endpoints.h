// SPDX-License-Identifier: GPL-3.0-or-later
// An FTP server for simulated hosts (RFC 959): takes control connections, and hands each to a session of its
// own (ftp_session_endpoints.h, which also names the states).
#pragma once

#include "core/protocols/ftp/ftp_session_endpoints.h"
#include "core/simulation/endpoints.h"

#include <map>
#include <memory>

namespace wirestage::simulation {

class FtpServer : public Application {
public:
    FtpServer(FtpSite shared, unsigned mostSessions);

    void start(HostServices& host) override;
    void stream(HostServices& host, const StreamEvent& event) override;
    [[nodiscard]] std::optional<Time> deadline() const override;
    void wake(HostServices& host) override;

    [[nodiscard]] const FtpFiles& files() const { return site.files; }

private:
    void accepted(HostServices& host, const StreamEvent& event);

    FtpSite site;
    std::size_t most;
    std::map<StreamId, std::unique_ptr<FtpSession>> sessions; ///< by control connection
};

extern const ApplicationType ftpServerType; ///< "ftp-server"

} // namespace wirestage::simulation
