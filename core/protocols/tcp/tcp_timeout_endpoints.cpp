// SPDX-License-Identifier: GPL-3.0-or-later
// RFC 6298, section by section.
#include "core/protocols/tcp/tcp_timeout_endpoints.h"

#include <algorithm>
#include <cstdlib>

namespace wirestage::simulation {
namespace {

constexpr Time granularity = 1'000'000; // G: our clock would allow less, real ones have about this
constexpr Time afterLostSyn = 3'000'000'000;

} // namespace

RetransmissionTimeout::RetransmissionTimeout(const TcpSettings& settings)
    : least(settings.leastTimeout), most(std::max(settings.mostTimeout, settings.leastTimeout)),
      timeout(std::clamp(settings.initialTimeout, Time{1'000'000}, most)) {}

void RetransmissionTimeout::sample(Time roundTrip, unsigned perFlight) {
    if (!smoothedRoundTrip) { // 2.2
        smoothedRoundTrip = roundTrip;
        roundTripVariation = roundTrip / 2;
    } else { // 2.3, beta = 1/4, alpha = 1/8; the variation first, with the old mean
        const Time samples = std::max(1U, perFlight);
        const Time distance = std::abs(*smoothedRoundTrip - roundTrip);
        roundTripVariation += (distance - roundTripVariation) / (4 * samples);
        *smoothedRoundTrip += (roundTrip - *smoothedRoundTrip) / (8 * samples);
    }
    timeout = std::clamp(*smoothedRoundTrip + std::max(granularity, 4 * roundTripVariation), least, most);
}

void RetransmissionTimeout::backOff() {
    timeout = std::min(2 * timeout, most);
}

void RetransmissionTimeout::begunAfterLostSyn() {
    timeout = std::min(std::max(afterLostSyn, least), most);
}

} // namespace wirestage::simulation
