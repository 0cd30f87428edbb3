// SPDX-License-Identifier: GPL-3.0-or-later
// Three network namespaces in a row: the client's, the wire's and the server's. A veth pair leads from the
// wire to either end; what passes between them does so through a process (see wire.h). They are gone with the
// last process in them.
#pragma once

#include "app/happen/descriptor.h"
#include "core/bytes/address.h"

#include <functional>
#include <string>

namespace wirestage::happen {

/// What an end's interface is called there.
inline constexpr const char* endInterface = "eth0";
/// Those of the wire.
inline constexpr const char *toClient = "client", *toServer = "server";

class NetworkNamespace {
public:
    static NetworkNamespace current();
    static NetworkNamespace make(); ///< a new one, which this process is in from then on
    void enter() const;
    /// Does something in it and comes back.
    void during(const std::function<void()>& deed) const;
    [[nodiscard]] int descriptor() const { return file.get(); }

private:
    explicit NetworkNamespace(Descriptor opened) : file(std::move(opened)) {}
    Descriptor file;
};

class PrivateNetwork {
public:
    /// The process, which must be root over its network namespace, ends up in the wire's.
    PrivateNetwork(const MacAddress& client, const MacAddress& server);

    [[nodiscard]] const NetworkNamespace& client() const { return clientSide; }
    [[nodiscard]] const NetworkNamespace& server() const { return serverSide; }

private:
    NetworkNamespace wireSide, clientSide, serverSide;
};

/// Gives an interface of this namespace an address for the kernel to use.
void setAddress(const std::string& interface, const IpAddress& address, unsigned prefixLength);
/// The kernel has none any more, and leaves what comes to others.
void takeAddress(const std::string& interface);

} // namespace wirestage::happen
