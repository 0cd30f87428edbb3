// SPDX-License-Identifier: GPL-3.0-or-later
// The file is mapped once, as long as it may ever become; pages that are not written yet are never touched.
#include "core/capture/growing_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace wirestage {

std::variant<GrowingFile, Text> GrowingFile::in(CacheFile file, std::uint64_t limit) {
    if (!file.usable())
        return WS_TR("capture",
                     "there is no folder in which a temporary file can be made; set XDG_CACHE_HOME to one");
    // The mapping has a descriptor of its own: it outlives the writer.
    const int reader = fcntl(file.descriptor(), F_DUPFD_CLOEXEC, 0);
    if (reader < 0)
        return WS_TR("capture", "cannot be read (%1)").with(std::strerror(errno));
    auto mapped = Mapping::ofGrowingFile(reader, limit);
    if (Text* why = std::get_if<Text>(&mapped))
        return std::move(*why);
    GrowingFile made;
    made.file = std::make_unique<CacheFile>(std::move(file));
    made.mapping = std::move(std::get<std::unique_ptr<Mapping>>(mapped));
    return made;
}

GrowingFile::~GrowingFile() {
    end();
}

CacheFile::Append GrowingFile::append(Bytes bytes) {
    const CacheFile::Append done = file->append(bytes);
    mapping->grow(file->size());
    return done;
}

void GrowingFile::end() {
    if (mapping)
        mapping->stopGrowing();
}

void GrowingFile::waitFor(std::uint64_t bytes) const {
    while (mapping->growing() && mapping->size() < bytes)
        mapping->waitForMore(mapping->size(), std::chrono::milliseconds(100));
}

CaptureFile::Opened GrowingFile::capture() const {
    if (mapping->size() == 0)
        return CaptureFile::OpenError{FileProblem::Empty, WS_TR("capture", "is empty")};
    return CaptureFile::fromMapping(mapping, {}, {});
}

} // namespace wirestage
