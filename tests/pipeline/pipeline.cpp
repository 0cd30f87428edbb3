// SPDX-License-Identifier: GPL-3.0-or-later
// Lines for the pipeline's tests.
#include "tests/pipeline/pipeline.h"

#include "core/protocols/protocol_names.h"

namespace wirestage::test {

std::unique_ptr<Capture> indexed(const std::filesystem::path& file) {
    CaptureFile::Opened opened = CaptureFile::open(file.string());
    if (!std::holds_alternative<CaptureFile>(opened)) {
        ADD_FAILURE() << file << " cannot be opened";
        return nullptr;
    }
    auto capture = std::make_unique<Capture>(std::move(std::get<CaptureFile>(opened)));
    capture->index();
    return capture;
}

std::unique_ptr<Capture> recording(std::string_view name) {
    return indexed(sourceFolder() / "resources" / "recordings" / (std::string(name) + ".pcapng"));
}

std::vector<std::string> arrows(const Capture& capture, ExchangeId exchange, std::optional<Level> level) {
    const MessageList list =
        capture.messages(exchange ? std::vector<ExchangeId>{exchange - 1} : std::vector<ExchangeId>{}, level);
    std::vector<std::string> lines;
    for (std::uint64_t row = 0; row < list.size(); ++row) {
        const Message message = capture.message(list.at(row));
        std::string line = std::to_string(message.ref.packet + 1) + " " +
                           (message.from == none ? "?" : capture.host(message.from).name) + " > " +
                           (message.to == none ? "*" : capture.host(message.to).name) + " " +
                           std::string(kind(message.kind).name);
        std::string notes;
        for (unsigned i = 0; i < static_cast<unsigned>(Note::count); ++i)
            if (message.notes.has(static_cast<Note>(i)))
                notes += (notes.empty() ? "" : " ") + std::string(name(static_cast<Note>(i)));
        lines.push_back(notes.empty() ? line : line + " [" + notes + "]");
    }
    return lines;
}

std::vector<std::string> outcomes(const Capture& capture) {
    std::vector<std::string> lines;
    for (ExchangeId id = 0; id < capture.exchangeCount(); ++id) {
        const ExchangeRow row = capture.row(id);
        lines.push_back(std::string(name(row.protocol)) + " " + std::string(name(row.outcome)));
    }
    return lines;
}

std::string participants(const Exchange& exchange) {
    std::string line;
    for (const Participant& one : exchange.participants)
        line += (line.empty() ? "" : ", ") + one.name + " " + english(one.role);
    return line;
}

std::vector<std::string> states(const Exchange& exchange) {
    std::vector<std::string> lines;
    for (const Transition& one : exchange.transitions)
        lines.push_back(exchange.participants[one.participant].name + " " + one.state +
                        (one.inferred ? " ?" : " " + std::to_string(one.cause + 1)));
    return lines;
}

std::string phases(const Exchange& exchange) {
    std::string line;
    for (const Phase& phase : exchange.phases)
        line += (line.empty() ? "" : ", ") + english(phase.title) + " " + std::to_string(phase.first + 1) +
                "-" + std::to_string(phase.last + 1);
    return line;
}

} // namespace wirestage::test
