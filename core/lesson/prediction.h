// SPDX-License-Identifier: GPL-3.0-or-later
// "What comes next?" before a message: the right kind among kinds that are legal elsewhere in that protocol,
// and why each of those is wrong now. For lessons and for captured exchanges alike.
#pragma once

#include "core/exchange/capture.h"
#include "core/lesson/lesson_run.h"

#include <optional>
#include <string>
#include <vector>

namespace wirestage::lesson {

/// What stands just before a message of an exchange.
struct Moment {
    struct Past {
        KindId kind{};
        HostId from = none;
    };
    std::vector<Past> past; ///< the exchange's messages so far, the latest last
    HostId sender = none;   ///< of the message to come
    std::string senderName;
    std::string senderState; ///< the protocol's own word; "" where nobody can know

    [[nodiscard]] bool seen(std::string_view kind) const;
    [[nodiscard]] bool seenFrom(std::string_view kind, HostId from) const;
    /// The latest message is of this kind and came from the other end.
    [[nodiscard]] bool answers(std::string_view kind) const;
};

/// Why a kind would be wrong at this moment; nothing where it would be legal, or nobody can say.
std::optional<Text> whyNotNow(KindId kind, const Moment& moment);

struct PredictionChoice {
    KindId kind{};
    bool right = false;
    Text why; ///< of a wrong one
};

struct Prediction {
    HostId from = none;                    ///< who sends
    std::vector<PredictionChoice> choices; ///< two to four, the right one somewhere among them
};

/// The choices before a message that comes after `moment`. `wrong`: kinds to choose from, as a lesson's
/// question may name them; empty: found here. Nothing where no wrong choice can be justified.
std::optional<Prediction> predict(const Message& next, const Moment& moment,
                                  const std::vector<std::string>& wrong = {});

/// Before a message of a capture, from the states that its exchange shows.
std::optional<Prediction> predict(const Capture& capture, const MessageRef& next);
/// Before a message of a run's whole capture, from the states that the hosts themselves were in.
std::optional<Prediction> predict(const LessonRun& run, const MessageRef& next);

} // namespace wirestage::lesson
