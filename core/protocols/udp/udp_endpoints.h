// SPDX-License-Identifier: GPL-3.0-or-later
// UDP by itself (RFC 768): a server that answers or keeps silent, and a client that sends datagrams.
#pragma once

#include "core/simulation/endpoints.h"

namespace wirestage::simulation {

extern const ApplicationType udpServerType, udpClientType;

} // namespace wirestage::simulation
