// SPDX-License-Identifier: GPL-3.0-or-later
// A capture, through the whole path up to messages and exchanges, as lines of text that a test can spell out.
#pragma once

#include "core/exchange/capture.h"
#include "tests/support/shared_captures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wirestage::test {

/// The capture, indexed; the test fails where it cannot be opened.
std::unique_ptr<Capture> indexed(const std::filesystem::path& file);

/// One that comes with the program: "ftp-active".
std::unique_ptr<Capture> recording(std::string_view name);

/// The messages of an exchange (0: of all), numbered as on the command line, one a line, by the number of the
/// packet that completes them: "7 10.3.0.2 > 10.3.0.1 ftp.command.retr [retransmission]"; "*" is everybody.
std::vector<std::string> arrows(const Capture& capture, ExchangeId exchange = 0,
                                std::optional<Level> level = {});

/// "ftp completed", in order.
std::vector<std::string> outcomes(const Capture& capture);

/// "10.3.0.2 client, 10.3.0.1 server"
std::string participants(const Exchange& exchange);

/// "10.3.0.2 SYN-SENT 1": who, the state, the packet; "?" where it is inferred.
std::vector<std::string> states(const Exchange& exchange);

/// "Handshake 1-3, Transfer 4-8, Close 9-11"
std::string phases(const Exchange& exchange);

inline Exchange exchangeOf(const Capture& capture, ExchangeId number) {
    return capture.exchange(number - 1);
}
inline std::string sentence(const Capture& capture, ExchangeId number) {
    return english(capture.exchange(number - 1).summary);
}

} // namespace wirestage::test

/// In a test: a reference capture, indexed, or the test is skipped and says why.
#define WIRESTAGE_INDEXED(capture, name)                                                                     \
    WIRESTAGE_SHARED_CAPTURE(capture##_path, name);                                                          \
    const auto capture##_opened = ::wirestage::test::indexed(capture##_path);                                \
    ASSERT_TRUE(capture##_opened);                                                                           \
    const ::wirestage::Capture& capture = *capture##_opened
