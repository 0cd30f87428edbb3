// SPDX-License-Identifier: GPL-3.0-or-later
// Who may capture on this machine: a program with the file capability cap_net_raw (capabilities(7)) that we
// may start, or any, where we are root. The window itself never captures.
#include "core/capture/interfaces.h"

#include <array>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace wirestage {
namespace {

constexpr unsigned capNetRaw = 13; // linux/capability.h

/// Of this process: what a program started by it would get as root.
bool weMayCapture() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("CapEff:"))
            return geteuid() == 0 && std::strtoull(line.c_str() + 7, nullptr, 16) >> capNetRaw & 1;
    return geteuid() == 0;
}

/// Does the file bring cap_net_raw with it (vfs_cap_data: a revision with the effective bit, then permitted
/// bits), or root (set-user-ID)?
bool bringsRights(const std::string& path) {
    struct stat status {};
    if (stat(path.c_str(), &status) == 0 && status.st_uid == 0 && (status.st_mode & S_ISUID))
        return true;
    std::array<unsigned char, 24> data{};
    const ssize_t size = getxattr(path.c_str(), "security.capability", data.data(), data.size());
    if (size < 8)
        return false;
    const unsigned permitted =
        data[4] | data[5] << 8U | data[6] << 16U | static_cast<unsigned>(data[7]) << 24U;
    return permitted >> capNetRaw & 1;
}

bool exists(const std::string& path) {
    struct stat status {};
    return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

bool mayStart(const std::string& path) {
    return exists(path) && access(path.c_str(), X_OK) == 0;
}

std::string dumpcap() {
    const char* path = std::getenv("PATH");
    std::istringstream folders(std::string(path ? path : "") + ":/usr/bin:/usr/local/bin:/usr/sbin");
    for (std::string folder; std::getline(folders, folder, ':');)
        if (!folder.empty() && exists(folder + "/dumpcap"))
            return folder + "/dumpcap";
    return {};
}

std::string quoted(const std::string& path) {
    if (path.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+") ==
        std::string::npos)
        return path;
    std::string out = "'";
    for (const char c : path)
        out += c == '\'' ? "'\\''" : std::string(1, c);
    return out + "'";
}

} // namespace

CaptureRights captureRights(const std::string& helper) {
    CaptureRights found;
    const std::string other = dumpcap();
    const bool root = weMayCapture();
    if (mayStart(helper) && (root || bringsRights(helper)))
        found.tool = CaptureTool{helper, true};
    else if (!other.empty() && mayStart(other) && (root || bringsRights(other)))
        found.tool = CaptureTool{other, false};
    if (found.tool)
        return found;
    if (exists(helper)) {
        found.why = WS_TR("capture",
                          "The capturing helper has no right to capture yet; this command, once, gives it:");
        found.remedy = "sudo setcap cap_net_raw,cap_net_admin=eip " + quoted(helper);
    } else if (!other.empty() && !mayStart(other)) {
        found.why = WS_TR("capture",
                          "dumpcap may capture, but only for members of the group wireshark; this command, "
                          "and logging in again, makes you one:");
        found.remedy = "sudo usermod -a -G wireshark \"$USER\"";
    } else if (!other.empty()) {
        found.why =
            WS_TR("capture", "dumpcap is installed, but has no right to capture; this command gives it:");
        found.remedy = "sudo setcap cap_net_raw,cap_net_admin=eip " + quoted(other);
    } else {
        found.why = WS_TR("capture", "No program that captures is installed; this command installs one:");
        found.remedy = "sudo apt-get install wireshark-common";
    }
    return found;
}

} // namespace wirestage
