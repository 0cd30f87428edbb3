// SPDX-License-Identifier: GPL-3.0-or-later
// What simulated hosts can run of FTP.
#include "core/protocols/ftp/ftp_client_endpoints.h"
#include "core/protocols/ftp/ftp_server_endpoints.h"

namespace wirestage::simulation {
namespace {

const ApplicationType types[] = {ftpServerType, ftpClientType};

} // namespace

extern const EndpointRoom ftpEndpoints;
const EndpointRoom ftpEndpoints{ProtocolId::ftp, types};

} // namespace wirestage::simulation
