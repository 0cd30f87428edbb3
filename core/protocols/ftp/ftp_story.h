// SPDX-License-Identifier: GPL-3.0-or-later
// The kinds and words of FTP's control connection, and the sentence of a session.
#pragma once

#include "core/grouping/room.h"
#include "core/protocols/ftp/ftp_wire.h"

namespace wirestage {

KindId ftpCommandKind(std::string_view verb);
KindId ftpReplyKind(unsigned code);
void tellFtp(const Telling& telling, Message& message);
void narrateFtp(const Story& story, Exchange& exchange);

} // namespace wirestage
