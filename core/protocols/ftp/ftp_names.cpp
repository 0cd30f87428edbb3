// SPDX-License-Identifier: GPL-3.0-or-later
// The tables behind ftp_names.h, in this project's words.
#include "core/protocols/ftp/ftp_names.h"

#include "core/protocols/fields.h"
#include "core/protocols/ftp/ftp_wire.h"

namespace wirestage {
namespace {

constexpr ftp::Verb verbs[] = {
    {"USER", WS_MARK("values", "User name")},
    {"PASS", WS_MARK("values", "Password")},
    {"ACCT", WS_MARK("values", "Account")},
    {"CWD", WS_MARK("values", "Change the working directory")},
    {"CDUP", WS_MARK("values", "Change to the parent directory")},
    {"SMNT", WS_MARK("values", "Mount another file system")},
    {"QUIT", WS_MARK("values", "End the session")},
    {"REIN", WS_MARK("values", "Begin anew without a user")},
    {"PORT", WS_MARK("values", "Connect to me there for the data")},
    {"PASV", WS_MARK("values", "Let me connect to you for the data")},
    {"EPRT", WS_MARK("values", "Connect to me there for the data, any address family")},
    {"EPSV", WS_MARK("values", "Let me connect to you for the data, any address family")},
    {"TYPE", WS_MARK("values", "Representation of the data")},
    {"STRU", WS_MARK("values", "Structure of the file")},
    {"MODE", WS_MARK("values", "Transfer mode")},
    {"RETR", WS_MARK("values", "Fetch a file")},
    {"STOR", WS_MARK("values", "Store a file")},
    {"STOU", WS_MARK("values", "Store a file under a new name")},
    {"APPE", WS_MARK("values", "Append to a file")},
    {"ALLO", WS_MARK("values", "Reserve room for a file")},
    {"REST", WS_MARK("values", "Go on from this place")},
    {"RNFR", WS_MARK("values", "Rename this")},
    {"RNTO", WS_MARK("values", "Rename to that")},
    {"ABOR", WS_MARK("values", "Stop the transfer")},
    {"DELE", WS_MARK("values", "Delete a file")},
    {"RMD", WS_MARK("values", "Remove a directory")},
    {"MKD", WS_MARK("values", "Make a directory")},
    {"PWD", WS_MARK("values", "Which directory am I in?")},
    {"XPWD", WS_MARK("values", "Which directory am I in? (old form)")},
    {"XCWD", WS_MARK("values", "Change the working directory (old form)")},
    {"XMKD", WS_MARK("values", "Make a directory (old form)")},
    {"XRMD", WS_MARK("values", "Remove a directory (old form)")},
    {"XCUP", WS_MARK("values", "Change to the parent directory (old form)")},
    {"LIST", WS_MARK("values", "List the directory")},
    {"NLST", WS_MARK("values", "List the names alone")},
    {"MLSD", WS_MARK("values", "List the directory for machines")},
    {"MLST", WS_MARK("values", "Facts of one file for machines")},
    {"SITE", WS_MARK("values", "A command of this server's own")},
    {"SYST", WS_MARK("values", "What system is it?")},
    {"STAT", WS_MARK("values", "Status")},
    {"HELP", WS_MARK("values", "Help")},
    {"NOOP", WS_MARK("values", "Nothing: stay connected")},
    {"SIZE", WS_MARK("values", "Size of a file")},
    {"MDTM", WS_MARK("values", "When was a file changed?")},
    {"MFMT", WS_MARK("values", "Set when a file was changed")},
    {"FEAT", WS_MARK("values", "What can the server do?")},
    {"OPTS", WS_MARK("values", "Options of a command")},
    {"AUTH", WS_MARK("values", "Protect the connection")},
    {"ADAT", WS_MARK("values", "Data of the protection")},
    {"PBSZ", WS_MARK("values", "Size of protected blocks")},
    {"PROT", WS_MARK("values", "Protection of the data connection")},
    {"CCC", WS_MARK("values", "Back to clear commands")},
    {"LANG", WS_MARK("values", "Language of the replies")},
    {"HOST", WS_MARK("values", "Which of the server's names is meant")},
    {"CLNT", WS_MARK("values", "The client's program")},
};

constexpr NamedNumber codes[] = {
    {110, WS_MARK("values", "Restart marker")},
    {120, WS_MARK("values", "Ready in a while")},
    {125, WS_MARK("values", "Data connection is open already, the transfer begins")},
    {150, WS_MARK("values", "Opening the data connection")},
    {200, WS_MARK("values", "Command carried out")},
    {202, WS_MARK("values", "Not needed here")},
    {211, WS_MARK("values", "System status or features")},
    {212, WS_MARK("values", "Directory status")},
    {213, WS_MARK("values", "File status")},
    {214, WS_MARK("values", "Help")},
    {215, WS_MARK("values", "System type")},
    {220, WS_MARK("values", "Ready for a new user")},
    {221, WS_MARK("values", "Closing the control connection")},
    {225, WS_MARK("values", "Data connection open, no transfer")},
    {226, WS_MARK("values", "Transfer complete, closing the data connection")},
    {227, WS_MARK("values", "Entering passive mode")},
    {229, WS_MARK("values", "Entering extended passive mode")},
    {230, WS_MARK("values", "Logged in")},
    {232, WS_MARK("values", "Logged in by the security exchange")},
    {234, WS_MARK("values", "Security mechanism accepted")},
    {235, WS_MARK("values", "Security data accepted")},
    {250, WS_MARK("values", "File action done")},
    {257, WS_MARK("values", "Path name")},
    {331, WS_MARK("values", "Password needed")},
    {332, WS_MARK("values", "Account needed")},
    {334, WS_MARK("values", "More security data needed")},
    {350, WS_MARK("values", "Waiting for the second half of the request")},
    {421, WS_MARK("values", "Service not available, closing")},
    {425, WS_MARK("values", "Cannot open the data connection")},
    {426, WS_MARK("values", "Connection closed, transfer stopped")},
    {430, WS_MARK("values", "Wrong user name or password")},
    {431, WS_MARK("values", "Security resource not available")},
    {434, WS_MARK("values", "Host not available")},
    {450, WS_MARK("values", "File not available for now")},
    {451, WS_MARK("values", "Stopped by a local error")},
    {452, WS_MARK("values", "Not enough room")},
    {500, WS_MARK("values", "Command not understood")},
    {501, WS_MARK("values", "Argument not understood")},
    {502, WS_MARK("values", "Command not implemented")},
    {503, WS_MARK("values", "Wrong order of commands")},
    {504, WS_MARK("values", "Not implemented for that argument")},
    {521, WS_MARK("values", "No data connection with this protection")},
    {522, WS_MARK("values", "Address family not supported")},
    {530, WS_MARK("values", "Not logged in")},
    {532, WS_MARK("values", "Account needed for storing")},
    {533, WS_MARK("values", "Protection level denied")},
    {534, WS_MARK("values", "Denied for policy reasons")},
    {535, WS_MARK("values", "Security check failed")},
    {536, WS_MARK("values", "Protection level not supported")},
    {550, WS_MARK("values", "File not available")},
    {551, WS_MARK("values", "Page type unknown")},
    {552, WS_MARK("values", "More room than allowed")},
    {553, WS_MARK("values", "File name not allowed")},
};

// What the first digit alone says (RFC 959, 4.2.1; 6 is of RFC 2228).
constexpr NamedNumber classes[] = {
    {1, WS_MARK("values", "Begun, another reply follows")},
    {2, WS_MARK("values", "Done")},
    {3, WS_MARK("values", "Accepted so far, more is needed")},
    {4, WS_MARK("values", "Not done, trying again may help")},
    {5, WS_MARK("values", "Not done")},
    {6, WS_MARK("values", "Protected reply")},
};

} // namespace

namespace ftp {

bool sameVerb(std::string_view written, std::string_view name) {
    if (written.size() != name.size())
        return false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = written[i];
        if ((c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c) != name[i])
            return false;
    }
    return true;
}

const Verb* verbNamed(std::string_view written) {
    for (const Verb& verb : verbs)
        if (sameVerb(written, verb.name))
            return &verb;
    return nullptr;
}

} // namespace ftp

Text ftpVerbInWords(std::string_view verb) {
    const ftp::Verb* known = ftp::verbNamed(verb);
    return known ? Text{"values", known->words, {}, {}} : Text{};
}

Text ftpCodeInWords(std::uint64_t code) {
    Text words = named(codes, code);
    return words.empty() ? named(classes, code / 100) : words;
}

} // namespace wirestage
