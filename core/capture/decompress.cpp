// SPDX-License-Identifier: GPL-3.0-or-later
// Input in chunks, and the two decompressors.
#include "core/capture/decompress.h"

#include <algorithm>
#include <cerrno>
#include <initializer_list>
#include <memory>
#include <poll.h>
#include <unistd.h>
#include <utility>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

namespace wirestage {
namespace {

constexpr std::size_t chunk = 256 * 1024;
constexpr int waitMilliseconds = 100;

InputEnd copyAll(InputStream& input, const std::function<bool(Bytes)>& sink) {
    for (Bytes bytes = input.next(); !bytes.empty(); bytes = input.next())
        if (!sink(bytes))
            return InputEnd::Stopped;
    return InputEnd::Whole;
}

/// What the end of the input means when it comes inside a member or frame.
InputEnd early(const InputStream& input) {
    return input.givenUp() ? InputEnd::Stopped : InputEnd::CutOff;
}

InputEnd gunzip(InputStream& input, const std::function<bool(Bytes)>& sink) {
    z_stream stream{};
    if (inflateInit2(&stream, MAX_WBITS + 16) != Z_OK)
        return InputEnd::Damaged;
    const std::unique_ptr<z_stream, int (*)(z_stream*)> cleanUp(&stream, inflateEnd);
    std::vector<std::uint8_t> out(chunk);
    bool inside = true;
    bool first = true;
    for (Bytes bytes = input.next(); !bytes.empty(); bytes = input.next()) {
        stream.next_in = const_cast<std::uint8_t*>(bytes.data());
        stream.avail_in = static_cast<uInt>(bytes.size());
        do {
            stream.next_out = out.data();
            stream.avail_out = static_cast<uInt>(out.size());
            const int result = inflate(&stream, Z_NO_FLUSH);
            const std::size_t made = out.size() - stream.avail_out;
            if (made != 0 && !sink({out.data(), made}))
                return InputEnd::Stopped;
            if (result == Z_BUF_ERROR)
                break; // needs more input
            if (result != Z_OK && result != Z_STREAM_END)
                return first || stream.total_in > 2 ? InputEnd::Damaged
                                                    : InputEnd::Whole; // 2: no member began
            inside = result == Z_OK;
            if (!inside) {
                first = false;
                inflateReset(&stream);
            }
        } while (stream.avail_in != 0 || stream.avail_out == 0);
    }
    return inside && (first || stream.total_in != 0) ? early(input) : InputEnd::Whole;
}

InputEnd unzstd(InputStream& input, const std::function<bool(Bytes)>& sink) {
    const std::unique_ptr<ZSTD_DStream, size_t (*)(ZSTD_DStream*)> stream(ZSTD_createDStream(),
                                                                          ZSTD_freeDStream);
    if (!stream)
        return InputEnd::Damaged;
    std::vector<std::uint8_t> out(chunk);
    std::size_t expected = 1; // 0: between two frames
    bool first = true;
    for (Bytes bytes = input.next(); !bytes.empty(); bytes = input.next()) {
        ZSTD_inBuffer from{bytes.data(), bytes.size(), 0};
        bool full = false;
        while (from.pos < from.size || full) {
            ZSTD_outBuffer to{out.data(), out.size(), 0};
            expected = ZSTD_decompressStream(stream.get(), &to, &from);
            if (to.pos != 0 && !sink({out.data(), to.pos}))
                return InputEnd::Stopped;
            if (ZSTD_isError(expected))
                return !first && ZSTD_getErrorCode(expected) == ZSTD_error_prefix_unknown ? InputEnd::Whole
                                                                                          : InputEnd::Damaged;
            first = first && expected != 0;
            full = to.pos == to.size && expected != 0;
        }
    }
    return expected == 0 ? InputEnd::Whole : early(input);
}

} // namespace

Compression compressionOf(Bytes beginning) {
    const auto starts = [&](std::initializer_list<std::uint8_t> with) {
        return beginning.size() >= with.size() && std::equal(with.begin(), with.end(), beginning.begin());
    };
    if (starts({0x1f, 0x8b}))
        return Compression::Gzip;
    // Besides zstd's frames there are those to be skipped, which may come first: 50 to 5f.
    if (starts({0x28, 0xb5, 0x2f, 0xfd}) ||
        (beginning.size() >= 4 && (beginning[0] & 0xf0) == 0x50 && beginning[1] == 0x2a &&
         beginning[2] == 0x4d && beginning[3] == 0x18))
        return Compression::Zstd;
    return Compression::None;
}

InputStream::InputStream(int descriptor, std::function<bool()> waiting)
    : descriptor_(descriptor), waiting_(std::move(waiting)), buffer_(chunk) {}

std::size_t InputStream::fill(std::size_t from) {
    for (;;) {
        pollfd readable{descriptor_, POLLIN, 0};
        const int ready = poll(&readable, 1, waitMilliseconds);
        if (ready == 0 || (ready < 0 && errno == EINTR)) {
            if (waiting_ && !waiting_()) {
                givenUp_ = true;
                return 0;
            }
            continue;
        }
        const ssize_t got = read(descriptor_, buffer_.data() + from, buffer_.size() - from);
        if (got >= 0)
            return static_cast<std::size_t>(got);
        if (errno == EINTR || errno == EAGAIN)
            continue;
        error_ = errno;
        return 0;
    }
}

Bytes InputStream::beginning() {
    while (pending_ < 4) {
        const std::size_t got = fill(pending_);
        if (got == 0)
            break;
        pending_ += got;
    }
    return {buffer_.data(), pending_};
}

Bytes InputStream::next() {
    if (const std::size_t waiting = std::exchange(pending_, 0))
        return {buffer_.data(), waiting};
    if (error_ != 0 || givenUp_)
        return {};
    return {buffer_.data(), fill(0)};
}

InputEnd decompress(InputStream& input, Compression compression, const std::function<bool(Bytes)>& sink) {
    InputEnd end = InputEnd::Whole;
    switch (compression) {
    case Compression::None: end = copyAll(input, sink); break;
    case Compression::Gzip: end = gunzip(input, sink); break;
    case Compression::Zstd: end = unzstd(input, sink); break;
    }
    return input.givenUp() ? InputEnd::Stopped : end;
}

} // namespace wirestage
