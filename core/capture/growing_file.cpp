// SPDX-License-Identifier: GPL-3.0-or-later
// The file is mapped once, as long as it may ever become; pages that are not written yet are never touched.
#include "core/capture/growing_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace wirestage {
namespace {

constexpr std::uint64_t leastPart = 4096;

} // namespace

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

std::variant<GrowingFile, Text> GrowingFile::keepingNewest(CacheFile file, std::uint64_t limit,
                                                           Ring::Punch punch) {
    if (!file.usable())
        return in(std::move(file), limit);
    auto ring = std::make_unique<Ring>(file.descriptor(), limit, std::move(punch));
    if (!ring->possible())
        return in(std::move(file), limit);
    // Not everybody has so much of an address space: half of it lasts half as long.
    std::uint64_t space = std::max(longest, limit);
    int reader = -1;
    std::variant<std::unique_ptr<Mapping>, Text> mapped;
    do {
        reader = fcntl(file.descriptor(), F_DUPFD_CLOEXEC, 0);
        if (reader < 0)
            return in(std::move(file), limit);
        mapped = Mapping::ofGrowingFile(reader, space);
    } while (std::holds_alternative<Text>(mapped) && (space /= 2) > limit);
    if (std::holds_alternative<Text>(mapped))
        return in(std::move(file), limit);
    file.limitTo(space);
    GrowingFile made;
    made.file = std::make_unique<CacheFile>(std::move(file));
    made.mapping = std::move(std::get<std::unique_ptr<Mapping>>(mapped));
    made.ring = std::move(ring);
    made.limit = limit;
    return made;
}

GrowingFile::~GrowingFile() {
    end();
}

CacheFile::Append GrowingFile::append(Bytes bytes) {
    while (ring && !bytes.empty()) {
        const Bytes part = bytes.first(std::min<std::uint64_t>(bytes.size(), std::max(limit / 8, leastPart)));
        ring->comes(part); // before it is written: only then is it known whether it may go beyond the limit
        const std::uint64_t most = room();
        const CacheFile::Append done = file->append(part.first(std::min<std::uint64_t>(part.size(), most)));
        mapping->grow(file->size());
        if (done != CacheFile::Append::Done)
            return done;
        if (part.size() > most || !makeRoom())
            return CacheFile::Append::LimitReached;
        bytes = bytes.subspan(part.size());
    }
    const CacheFile::Append done = file->append(bytes);
    mapping->grow(file->size());
    return done;
}

/// How many bytes may be written.
std::uint64_t GrowingFile::room() const {
    if (ring->possible())
        return ~std::uint64_t{0};
    const std::uint64_t there = ring->kept() - (ring->position() - file->size());
    return limit > there ? limit - there : 0;
}

/// False where what is kept is more than the limit, and will stay so. Somebody who copies the file may take
/// as long as it takes to write all of it once more.
bool GrowingFile::makeRoom() {
    using Patience = KeptPart::Patience;
    const std::uint64_t wanted = ring->wanted(), most = limit + limit / 8, mostMeanwhile = 2 * limit;
    if (wanted == 0)
        return ring->kept() <= most || !ring->possible();
    const Patience patience = ring->kept() > mostMeanwhile ? Patience::WaitsForAll
                              : ring->kept() > most        ? Patience::WaitsForTheIndex
                                                           : Patience::DoesNotWait;
    const bool agreed =
        mapping->kept().ask(wanted, patience, [this](std::uint64_t before) { ring->giveWay(before); });
    return agreed || ring->kept() <= most;
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
    if (mapping->size() == 0) {
        mapping->kept().expect(false);
        return CaptureFile::OpenError{FileProblem::Empty, WS_TR("capture", "is empty")};
    }
    return CaptureFile::fromMapping(mapping, {}, {});
}

} // namespace wirestage
