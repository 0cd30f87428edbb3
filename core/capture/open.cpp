// SPDX-License-Identifier: GPL-3.0-or-later
// Opening a capture: what stands behind the name, and whether it can be mapped as it is.
#include "core/capture/capture_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace wirestage {
namespace {

using OpenError = CaptureFile::OpenError;

OpenError cannotOpen(int reason) {
    switch (reason) {
    case ENOENT: return {FileProblem::NotFound, WS_TR("capture", "there is no such file")};
    case ENOTDIR: return {FileProblem::NotFound, WS_TR("capture", "there is no such file")};
    case EACCES: return {FileProblem::Unreadable, WS_TR("capture", "you may not read this file")};
    default:
        return {FileProblem::Unreadable, WS_TR("capture", "cannot be read (%1)").with(std::strerror(reason))};
    }
}

} // namespace

CaptureFile::Opened CaptureFile::open(const std::string& path, const OpenOptions&) {
    const int descriptor = path == "-" ? dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return cannotOpen(errno);
    struct stat status {};
    if (fstat(descriptor, &status) != 0 || S_ISDIR(status.st_mode)) {
        close(descriptor);
        return OpenError{FileProblem::Folder, WS_TR("capture", "is a folder, not a capture file")};
    }
    if (status.st_size == 0) {
        close(descriptor);
        return OpenError{FileProblem::Empty, WS_TR("capture", "is empty")};
    }
    auto mapped = Mapping::ofFile(descriptor, static_cast<std::uint64_t>(status.st_size));
    if (Text* why = std::get_if<Text>(&mapped))
        return OpenError{FileProblem::Unreadable, std::move(*why)};
    return fromMapping(std::move(std::get<std::unique_ptr<Mapping>>(mapped)), {}, {});
}

} // namespace wirestage
