// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/happen/user_namespace.h"

#include "app/happen/descriptor.h"
#include "app/happen/trouble.h"

#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <optional>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace wirestage::happen {
namespace {

std::optional<long> setting(const std::string& path) {
    std::ifstream file(path);
    long value = 0;
    return file >> value ? std::optional(value) : std::nullopt;
}

void part(int what) {
    if (unshare(what) != 0)
        throw Trouble(whyForbidden(errno));
}

/// As a whole: the kernel takes one write.
void tell(const char* path, const std::string& words) {
    const Descriptor file(open(path, O_WRONLY | O_CLOEXEC));
    if (file.get() < 0 || write(file.get(), words.data(), words.size()) < 0)
        throw Trouble(whyForbidden(errno));
}

} // namespace

std::string whyForbidden(int error, const std::string& folder) {
    const std::string what = "no network of its own may be made here: ";
    const auto is = [&](const char* name, long value) { return setting(folder + "/" + name) == value; };
    if (is("user/max_user_namespaces", 0))
        return what + "this system allows no user namespaces; “sudo sysctl user.max_user_namespaces=10000” "
                      "allows them";
    if (is("kernel/unprivileged_userns_clone", 0))
        return what + "user namespaces are for root alone; “sudo sysctl kernel.unprivileged_userns_clone=1” "
                      "allows them to everybody";
    if (is("kernel/apparmor_restrict_unprivileged_userns", 1))
        return what + "AppArmor restricts user namespaces; “sudo sysctl "
                      "kernel.apparmor_restrict_unprivileged_userns=0” lifts that until the next start";
    if (is("user/max_net_namespaces", 0))
        return what + "this system allows no network namespaces; “sudo sysctl user.max_net_namespaces=10000” "
                      "allows them";
    if (error == ENOSPC || error == EUSERS)
        return what + "there are as many namespaces as this system allows; “sudo sysctl "
                      "user.max_user_namespaces=100000 user.max_net_namespaces=100000” allows more";
    if (error == ENOSYS || error == EINVAL)
        return what + "this kernel was built without user namespaces";
    return what + std::strerror(error) +
           ", as in a container that forbids it; started outside of it, it works";
}

void enterUserNamespace() {
    const std::string user = std::to_string(geteuid()), group = std::to_string(getegid());
    part(CLONE_NEWUSER);
    // Whoever maps a group without being root outside has to give up setgroups(2) first.
    tell("/proc/self/setgroups", "deny");
    tell("/proc/self/uid_map", "0 " + user + " 1");
    tell("/proc/self/gid_map", "0 " + group + " 1");
    part(CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID);
    // From here on the way to a set-user-ID program is closed as well.
    must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs");
    must(mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr), "a mount namespace");
}

void makePrivateFolder(const std::string& folder) {
    must(mount("none", folder.c_str(), "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=755,size=16m"),
         folder);
}

void endWithParent() {
    must(prctl(PR_SET_PDEATHSIG, SIGKILL), "prctl");
}

} // namespace wirestage::happen
