// SPDX-License-Identifier: GPL-3.0-or-later
// A server's FTP session: questions about the server and its files, and how files are to be represented.
// What must be there at least is RFC 1123's 4.1.2.13; SIZE and MDTM are RFC 3659's.
#include "core/protocols/ftp/ftp_names.h"
#include "core/protocols/ftp/ftp_session_endpoints.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace wirestage::simulation {
namespace {

/// Between quotes; one that belongs to the path stands twice (RFC 959, appendix II).
std::string quoted(std::string_view path) {
    std::string text = "\"";
    for (const char c : path)
        text.append(c == '"' ? 2 : 1, c);
    return text + '"';
}

constexpr std::size_t mostFiles = 10'000;

} // namespace

void FtpSession::system(HostServices& host, std::string_view) {
    reply(host, 215, "UNIX Type: L8"); // RFC 1700's name for a listing as of `ls -l`, bytes of eight bits
}

/// Only what RFC 959 does not have (RFC 2389, 3.2).
void FtpSession::features(HostServices& host, std::string_view) {
    replyLines(host, 211, "Features:", {"EPRT", "EPSV", "MDTM", "SIZE"}, "End");
}

void FtpSession::help(HostServices& host, std::string_view argument) {
    if (argument.empty())
        return replyLines(host, 214, "These commands are known:",
                          {"ABOR ACCT ALLO CDUP CWD DELE EPRT EPSV FEAT HELP LIST MDTM",
                           "MKD MODE NLST NOOP PASS PASV PORT PWD QUIT RETR RMD SIZE",
                           "STOR STRU SYST TYPE USER"},
                          "Help okay.");
    if (const CommandRule* rule = ruleOf(argument))
        return reply(host, 214, fmt::format("{} is known.", rule->verb));
    reply(host, 502, "Command not implemented.");
}

void FtpSession::nothing(HostServices& host, std::string_view) {
    reply(host, 200, "Nothing done.");
}

void FtpSession::workingDirectory(HostServices& host, std::string_view) {
    reply(host, 257, quoted(folder) + " is the current directory.");
}

void FtpSession::changeDirectory(HostServices& host, std::string_view argument) {
    const std::string wanted = ftpPath(folder, argument);
    if (!site.files.isDirectory(wanted))
        return reply(host, 550, fmt::format("{}: no such directory.", argument));
    folder = wanted;
    reply(host, 250, fmt::format("Directory changed to {}.", folder));
}

void FtpSession::toParent(HostServices& host, std::string_view) {
    changeDirectory(host, ".."); // with the same replies (RFC 959, 4.1.1)
}

void FtpSession::makeDirectory(HostServices& host, std::string_view argument) {
    const std::string wanted = ftpPath(folder, argument);
    if (site.files.find(wanted) || site.files.count() >= mostFiles ||
        !site.files.add(wanted, {true, {}, host.now()}))
        return reply(host, 550, fmt::format("{}: cannot be created.", argument));
    reply(host, 257, quoted(wanted) + " created.");
}

void FtpSession::removeDirectory(HostServices& host, std::string_view argument) {
    const std::string wanted = ftpPath(folder, argument);
    if (!site.files.isDirectory(wanted) || !site.files.remove(wanted))
        return reply(host, 550, fmt::format("{}: no such directory, or not empty.", argument));
    reply(host, 250, "Directory removed.");
}

void FtpSession::removeFile(HostServices& host, std::string_view argument) {
    const std::string wanted = ftpPath(folder, argument);
    if (site.files.isDirectory(wanted) || !site.files.remove(wanted))
        return reply(host, 550, fmt::format("{}: no such file.", argument));
    reply(host, 250, "File deleted.");
}

/// The bytes that a transfer would take by the type in force: more for TYPE A, whose lines end with two (RFC
/// 3659, 4).
void FtpSession::size(HostServices& host, std::string_view argument) {
    const FtpFile* file = site.files.find(ftpPath(folder, argument));
    if (!file || file->directory)
        return reply(host, 550, fmt::format("{}: no such file.", argument));
    const auto ends = binary ? 0 : std::count(file->content.begin(), file->content.end(), '\n');
    reply(host, 213, std::to_string(file->content.size() + static_cast<std::size_t>(ends)));
}

void FtpSession::changed(HostServices& host, std::string_view argument) {
    const FtpFile* file = site.files.find(ftpPath(folder, argument));
    if (!file || file->directory)
        return reply(host, 550, fmt::format("{}: no such file.", argument));
    reply(host, 213, ftpTimeVal(file->modified)); // RFC 3659, 3
}

// --- how ---

void FtpSession::type(HostServices& host, std::string_view argument) {
    const auto is = [&](std::string_view name) { return ftp::sameVerb(argument, name); };
    if (is("A") || is("A N")) {
        binary = false;
        return reply(host, 200, "Type set to A.");
    }
    if (is("I") || is("L 8")) {
        binary = true;
        return reply(host, 200, "Type set to I.");
    }
    static constexpr std::array<std::string_view, 6> others{"A T", "A C", "E", "E N", "E T", "E C"};
    if (std::any_of(others.begin(), others.end(), is) || argument.starts_with("L "))
        return reply(host, 504, "Type not implemented.");
    reply(host, 501, "Type not understood.");
}

void FtpSession::structure(HostServices& host, std::string_view argument) {
    if (ftp::sameVerb(argument, "F"))
        return reply(host, 200, "Structure set to F.");
    if (ftp::sameVerb(argument, "R") || ftp::sameVerb(argument, "P"))
        return reply(host, 504, "Structure not implemented.");
    reply(host, 501, "Structure not understood.");
}

void FtpSession::mode(HostServices& host, std::string_view argument) {
    if (ftp::sameVerb(argument, "S"))
        return reply(host, 200, "Mode set to S.");
    if (ftp::sameVerb(argument, "B") || ftp::sameVerb(argument, "C"))
        return reply(host, 504, "Mode not implemented.");
    reply(host, 501, "Mode not understood.");
}

void FtpSession::allocate(HostServices& host, std::string_view) {
    reply(host, 202, "No room needs to be reserved."); // RFC 959, 4.1.3
}

} // namespace wirestage::simulation
