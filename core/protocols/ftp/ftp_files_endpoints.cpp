// SPDX-License-Identifier: GPL-3.0-or-later
// A tree of files in memory. RFC 959 leaves the form of a listing to the server; clients expect that of
// `ls -l`, which is what nearly all servers send.
#include "core/protocols/ftp/ftp_files_endpoints.h"

#include <array>
#include <chrono>

#include <fmt/format.h>

namespace wirestage::simulation {
namespace {

struct Moment {
    int year;
    unsigned month, day, hour, minute, second;
};

Moment momentOf(Time time) {
    const std::chrono::sys_seconds at{std::chrono::seconds(time / 1'000'000'000)};
    const auto midnight = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{midnight};
    const auto inDay = static_cast<unsigned>((at - midnight).count());
    return {static_cast<int>(date.year()),
            static_cast<unsigned>(date.month()),
            static_cast<unsigned>(date.day()),
            inDay / 3600,
            inDay / 60 % 60,
            inDay % 60};
}

} // namespace

std::string ftpSampleText(std::string_view name, std::size_t size) {
    std::string text;
    text.reserve(size + 80);
    for (unsigned line = 1; text.size() < size; ++line)
        text += fmt::format("{}, line {}: the quick brown fox jumps over the lazy dog\n", name, line);
    text.resize(size);
    if (size > 0)
        text.back() = '\n';
    return text;
}

std::string toNetworkLines(std::string_view stored) {
    std::string sent;
    sent.reserve(stored.size() + stored.size() / 32);
    for (const char c : stored) {
        if (c == '\n')
            sent += '\r';
        sent += c;
    }
    return sent;
}

std::string fromNetworkLines(std::string_view sent) {
    std::string stored;
    stored.reserve(sent.size());
    for (std::size_t i = 0; i < sent.size(); ++i)
        if (sent[i] != '\r' || i + 1 == sent.size() || sent[i + 1] != '\n')
            stored += sent[i];
    return stored;
}

std::string ftpPath(std::string_view current, std::string_view argument) {
    std::string whole(argument.starts_with('/') ? "" : current);
    whole += '/';
    whole += argument;
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at < whole.size();) {
        const std::size_t end = std::min(whole.find('/', at), whole.size());
        const std::string_view part = std::string_view(whole).substr(at, end - at);
        if (part == "..") {
            if (!parts.empty())
                parts.pop_back();
        } else if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
        at = end + 1;
    }
    return fmt::format("/{}", fmt::join(parts, "/"));
}

std::string_view ftpParent(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == 0 || slash == std::string_view::npos ? "/" : path.substr(0, slash);
}

std::string_view ftpName(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

FtpFiles::FtpFiles() {
    files["/"].directory = true;
}

bool FtpFiles::add(const std::string& path, FtpFile file) {
    if (path == "/")
        return false;
    const std::string parent(ftpParent(path));
    if (!find(parent) && !add(parent, {true, {}, file.modified}))
        return false;
    if (!isDirectory(parent))
        return false;
    if (const FtpFile* before = find(path); before && before->directory != file.directory)
        return false;
    files.insert_or_assign(path, std::move(file));
    return true;
}

bool FtpFiles::remove(const std::string& path) {
    const auto found = files.find(path);
    if (found == files.end() || path == "/" || (found->second.directory && !in(path).empty()))
        return false;
    files.erase(found);
    return true;
}

const FtpFile* FtpFiles::find(std::string_view path) const {
    const auto found = files.find(path);
    return found == files.end() ? nullptr : &found->second;
}

bool FtpFiles::isDirectory(std::string_view path) const {
    const FtpFile* file = find(path);
    return file && file->directory;
}

std::vector<std::string> FtpFiles::in(std::string_view path) const {
    if (!isDirectory(path))
        return {std::string(path)};
    std::vector<std::string> inside;
    for (const auto& [where, file] : files)
        if (where != "/" && ftpParent(where) == path)
            inside.push_back(where);
    return inside;
}

void FtpFiles::touchAll(Time modified) {
    for (auto& [path, file] : files)
        file.modified = modified;
}

std::string ftpListLine(std::string_view path, const FtpFile& file) {
    static constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const Moment at = momentOf(file.modified);
    return fmt::format("{} {:>3} ftp      ftp      {:>10} {} {:>2} {:02}:{:02} {}",
                       file.directory ? "drwxr-xr-x" : "-rw-r--r--", file.directory ? 2 : 1,
                       file.directory ? 4096 : file.content.size(), months[at.month - 1], at.day, at.hour,
                       at.minute, ftpName(path));
}

std::string ftpTimeVal(Time time) {
    const Moment at = momentOf(time);
    return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}", at.year, at.month, at.day, at.hour, at.minute,
                       at.second);
}

} // namespace wirestage::simulation
