// SPDX-License-Identifier: GPL-3.0-or-later
// The files that a simulated FTP server has: a tree of paths in memory, and how it is listed.
#pragma once

#include "core/bytes/bytes.h"
#include "core/capture/frame.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace wirestage::simulation {

inline constexpr std::size_t ftpMostFileBytes = 16'000'000;

inline Bytes bytesOf(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view textOf(Bytes bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Lines that name the file they belong to and count themselves, so that they are known again in a packet.
/// The last byte ends a line.
std::string ftpSampleText(std::string_view name, std::size_t size);

/// TYPE A: lines end with CR LF on the wire (RFC 959, 3.1.1.1), with LF alone in a host's files.
std::string toNetworkLines(std::string_view stored);
std::string fromNetworkLines(std::string_view sent);

struct FtpFile {
    bool directory = false;
    std::string content;
    Time modified = 0; ///< nanoseconds since 1970
};

/// The path that `argument` means in the directory `current`: absolute, without "." and ".."; what would lie
/// above the root is the root.
std::string ftpPath(std::string_view current, std::string_view argument);
std::string_view ftpParent(std::string_view path);
std::string_view ftpName(std::string_view path); ///< the last part

class FtpFiles {
public:
    FtpFiles();

    /// Directories on the way are made. False where the path is the root's, names a file where a directory is
    /// needed, or would replace a directory by a file or the other way round.
    bool add(const std::string& path, FtpFile file);
    /// False where it is absent, the root, or a directory that is not empty.
    bool remove(const std::string& path);

    [[nodiscard]] const FtpFile* find(std::string_view path) const; ///< or null
    [[nodiscard]] bool isDirectory(std::string_view path) const;
    [[nodiscard]] std::size_t count() const { return files.size(); }
    /// Paths of what lies in a directory, sorted; of a file, the file alone.
    [[nodiscard]] std::vector<std::string> in(std::string_view path) const;
    void touchAll(Time modified); ///< all were changed at that moment

private:
    std::map<std::string, FtpFile, std::less<>> files;
};

/// A line of `ls -l`, without a line end.
std::string ftpListLine(std::string_view path, const FtpFile& file);
/// YYYYMMDDHHMMSS in UTC (RFC 3659, 2.3).
std::string ftpTimeVal(Time time);

} // namespace wirestage::simulation
