// SPDX-License-Identifier: GPL-3.0-or-later
// Every field of FTP's control connection that is described, under Wireshark's names (RFC 959, 2428).
#pragma once

#include "core/protocols/description.h"

namespace wirestage {

inline constexpr struct FtpFields {
    FieldSpec protocol{"ftp", WS_MARK("fields", "File Transfer Protocol"), Show::Heading};
    FieldSpec request{"ftp.request", WS_MARK("fields", "Command of the client"), Show::Boolean};
    FieldSpec response{"ftp.response", WS_MARK("fields", "Reply of the server"), Show::Boolean};
    FieldSpec command{"ftp.request.command", WS_MARK("fields", "Command"), Show::Text, TellsOf::Nobody};
    /// What stands in a command's place and is none: it may be anything.
    FieldSpec otherCommand{"ftp.request.command", WS_MARK("fields", "Command"), Show::Text};
    FieldSpec argument{"ftp.request.arg", WS_MARK("fields", "Argument"), Show::Text};
    FieldSpec code{"ftp.response.code", WS_MARK("fields", "Reply code"), Show::Decimal};
    FieldSpec goesOn{"", WS_MARK("fields", "Further lines follow"), Show::Boolean};
    FieldSpec text{"ftp.response.arg", WS_MARK("fields", "Text"), Show::Text};
    FieldSpec furtherLine{"", WS_MARK("fields", "Further line"), Show::Text};
    FieldSpec passiveAddress{"ftp.passive.ip", WS_MARK("fields", "Passive address"), Show::Address};
    FieldSpec passivePort{"ftp.passive.port", WS_MARK("fields", "Passive port"), Show::Decimal};
    FieldSpec activeAddress{"ftp.active.cip", WS_MARK("fields", "Active address"), Show::Address};
    FieldSpec activePort{"ftp.active.port", WS_MARK("fields", "Active port"), Show::Decimal};
    FieldSpec extendedFamily{"ftp.eprt.af", WS_MARK("fields", "Address family"), Show::Decimal};
    FieldSpec extendedAddress{"ftp.eprt.ip", WS_MARK("fields", "Active address"), Show::Address};
    FieldSpec extendedAddress6{"ftp.eprt.ipv6", WS_MARK("fields", "Active address"), Show::Address};
    FieldSpec extendedActivePort{"ftp.eprt.port", WS_MARK("fields", "Active port"), Show::Decimal};
    FieldSpec extendedPassivePort{"ftp.epsv.port", WS_MARK("fields", "Passive port"), Show::Decimal};
} ftpFields;

} // namespace wirestage
