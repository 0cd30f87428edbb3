// SPDX-License-Identifier: GPL-3.0-or-later
// Started by root, the program stays user 0, but one without capabilities: what is left of that is files that
// belong to root, and confinement.cpp takes the opening of files away.
#include "app/helper/rights.h"

#include <cap-ng.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace wirestage::helper {
namespace {

/// The bounding set can be emptied by those only who have CAP_SETPCAP. For others it bounds what a program
/// could gain by execve(2), which no_new_privs rules out.
void emptyBounds() {
    if (!capng_have_capability(CAPNG_EFFECTIVE, CAP_SETPCAP))
        return;
    capng_clear(CAPNG_SELECT_BOUNDS);
    capng_apply(CAPNG_SELECT_BOUNDS);
}

} // namespace

std::optional<std::string> keepCaptureRights() {
    // Without capabilities, it would still own all of root's files.
    if (geteuid() != getuid())
        return "the file must not be setuid; “setcap cap_net_raw,cap_net_admin=eip” gives it what it needs";
    if (capng_get_caps_process() != 0)
        return "the program's rights cannot be read";
    emptyBounds();
    const bool raw = capng_have_capability(CAPNG_PERMITTED, CAP_NET_RAW) != 0;
    const bool admin = capng_have_capability(CAPNG_PERMITTED, CAP_NET_ADMIN) != 0;
    capng_clear(CAPNG_SELECT_CAPS);
    const auto kept = static_cast<capng_type_t>(CAPNG_EFFECTIVE | CAPNG_PERMITTED);
    if (raw)
        capng_update(CAPNG_ADD, kept, CAP_NET_RAW);
    if (admin)
        capng_update(CAPNG_ADD, kept, CAP_NET_ADMIN);
    if (capng_apply(CAPNG_SELECT_CAPS) != 0)
        return "superfluous rights cannot be given up";
    return std::nullopt;
}

std::optional<std::string> giveUpRights() {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return "the program cannot be kept from gaining rights";
    // The ambient set follows: it never holds what is not permitted and inheritable.
    capng_clear(CAPNG_SELECT_CAPS);
    if (capng_apply(CAPNG_SELECT_CAPS) != 0 || capng_get_caps_process() != 0 ||
        capng_have_capabilities(CAPNG_SELECT_CAPS) != CAPNG_NONE)
        return "the program's rights cannot be given up";
    return std::nullopt;
}

} // namespace wirestage::helper
