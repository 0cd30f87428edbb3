// SPDX-License-Identifier: GPL-3.0-or-later
// The right to make networks, without any right outside: user_namespaces(7). Whoever is in a user namespace
// of its own is root there, over what that namespace owns: here network, process and mount namespaces. Of
// this computer it can touch nothing that its user could not touch before.
#pragma once

#include <string>

namespace wirestage::happen {

/// This process goes into a user namespace, with its user as root, and makes a network and a mount namespace.
/// The next child is the first process of a process namespace: with its end, all others there end. Throws
/// Trouble where it is forbidden: why, and the command that mends it.
void enterUserNamespace();

/// The same sentence for a system that says so. `error`: of the call that was refused; `folder`: where the
/// kernel's settings are.
std::string whyForbidden(int error, const std::string& folder = "/proc/sys");

/// Inside: an empty folder in memory lies over an existing one, and nobody outside sees it.
void makePrivateFolder(const std::string& folder);

/// This process is killed once its parent ends. For the first one of the process namespace.
void endWithParent();

} // namespace wirestage::happen
