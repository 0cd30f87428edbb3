// SPDX-License-Identifier: GPL-3.0-or-later
// The diagram from letters, for monospaced type. A line is a row of cells, one a character; text is put over
// the lifelines' bars.
#include "core/diagram/telling.h"

#include <fmt/format.h>

#include <algorithm>

namespace wirestage::diagram {

namespace {

constexpr std::size_t mostLanes = 5, laneDistance = 46, timeColumns = 14, margin = 22;

class LetterMetrics : public TextMetrics {
public:
    [[nodiscard]] double width(Font, std::string_view text) const override {
        double count = 0;
        for (; !text.empty(); ++count)
            static_cast<void>(takeCharacter(text));
        return count;
    }
};

std::size_t lettersOf(std::string_view text) {
    return static_cast<std::size_t>(LetterMetrics().width({}, text));
}

class Line {
public:
    explicit Line(std::size_t laneCount, bool bars = true) {
        for (std::size_t lane = 0; bars && lane < laneCount; ++lane)
            put(column(lane), "|");
    }
    static std::size_t column(std::size_t lane) { return timeColumns + margin + lane * laneDistance; }

    void put(std::size_t at, std::string_view text) {
        while (!text.empty()) {
            const std::string_view before = text;
            static_cast<void>(takeCharacter(text));
            if (cells.size() <= at)
                cells.resize(at + 1, " ");
            cells[at++] = before.substr(0, before.size() - text.size());
        }
    }
    void putCentred(std::size_t middle, std::string_view text) {
        const std::size_t half = lettersOf(text) / 2;
        put(middle > half ? middle - half : 0, text);
    }
    void fill(std::size_t from, std::size_t to, std::string_view with) {
        for (std::size_t at = from; at < to; ++at)
            put(at, with);
    }
    [[nodiscard]] std::string text() const {
        std::string all;
        for (const std::string& cell : cells)
            all += cell;
        all.erase(all.find_last_not_of(' ') + 1);
        return all + "\n";
    }

private:
    std::vector<std::string> cells;
};

class Letters {
public:
    Letters(const Excerpt& from, const WriterOptions& with)
        : excerpt(from), options(with), source(from.sequence->source()), lanes(source.participants().size()) {
    }

    std::string write() {
        heads();
        tell(excerpt, options, [&](const ToldRow& row) { this->row(row); });
        out += Line(lanes).text();
        return out;
    }

private:
    void heads() {
        std::vector<std::vector<std::string>> heads;
        std::size_t most = 0;
        for (const Participant& who : source.participants()) {
            std::vector<std::string> lines = wrap(LetterMetrics(), {}, who.name, laneDistance - 6);
            if (!who.role.empty())
                lines.push_back("(" + options.words(who.role) + ")");
            for (const std::string& address : who.addresses)
                if (address != who.name)
                    lines.push_back(address);
            most = std::max(most, lines.size());
            heads.push_back(std::move(lines));
        }
        for (std::size_t n = 0; n < most; ++n) {
            Line line(lanes, false);
            for (std::size_t lane = 0; lane < heads.size(); ++lane)
                if (n < heads[lane].size())
                    line.putCentred(Line::column(lane), heads[lane][n]);
            out += line.text();
        }
        states(0, true);
    }

    void states(Row row, bool start) {
        std::vector<std::vector<const StateSpan*>> lines;
        for (const StateSpan& span : source.states()) {
            if (span.atStart != start || span.first != row)
                continue;
            if (lines.empty())
                lines.emplace_back();
            lines.back().push_back(&span);
        }
        for (const auto& spans : lines) {
            Line line(lanes);
            for (const StateSpan* span : spans)
                for (std::size_t lane = 0; lane < lanes; ++lane)
                    if (source.participants()[lane].host == span->host)
                        line.putCentred(Line::column(lane), (span->inferred ? "[" : "(") + span->state +
                                                                (span->inferred ? "?]" : ")"));
            out += line.text();
        }
    }

    void phase(const ToldRow& row) {
        if (row.item.phaseBegins < 0)
            return;
        const PhaseSpan& phase = source.phases()[static_cast<std::size_t>(row.item.phaseBegins)];
        out += Line(lanes).text();
        Line line(lanes);
        line.put(0, fmt::format("== {} {} ==", row.item.phaseBegins + 1, options.words(phase.title)));
        out += line.text();
    }

    void row(const ToldRow& row) {
        phase(row);
        out += Line(lanes).text();
        const std::size_t from = std::min(row.from, lanes - 1);
        // To everybody, and to itself: the next lifeline's place, or the margin where there is none.
        const bool open = row.to >= lanes || row.to == from;
        const std::size_t start = Line::column(from);
        const std::size_t end = !open              ? Line::column(row.to)
                                : from + 1 < lanes ? Line::column(lanes - 1) + 4
                                : from > 0         ? Line::column(0) - 4
                                                   : start + laneDistance;
        const std::size_t left = std::min(start, end), right = std::max(start, end);
        const auto words = [&](const std::string& text) {
            for (const std::string& part :
                 wrap(LetterMetrics(), {}, text, static_cast<double>(right - left) - 4)) {
                Line line(lanes);
                line.putCentred((left + right + 1) / 2, part);
                out += line.text();
            }
        };
        words(row.label);
        words(row.summary);
        Line arrow(lanes);
        arrow.put(0, fmt::format("{:>13}", row.time));
        if (row.item.fold) {
            arrow.fill(left + 1, right, "=");
        } else {
            const std::string_view shaft = row.again ? "~" : "-";
            arrow.fill(left + 1, right, shaft);
            const std::string_view tip = row.lost ? "x" : open ? "*" : end > start ? ">" : "<";
            arrow.put(end > start ? right - 1 : left + 1, tip);
        }
        out += arrow.text();
        if (!row.notes.empty())
            words("[" + row.notes + "]");
        for (Row at = row.item.first; at <= row.item.last && at < row.item.first + 64; ++at)
            states(at, false);
    }

    const Excerpt& excerpt;
    const WriterOptions& options;
    const DiagramSource& source;
    std::size_t lanes;
    std::string out;
};

std::string listing(const Excerpt& excerpt, const WriterOptions& options) {
    const DiagramSource& source = excerpt.sequence->source();
    const auto nameOf = [&](std::size_t lane) {
        return lane < source.participants().size() ? source.participants()[lane].name
                                                   : options.words(WS_TR("diagram", "everybody"));
    };
    std::string out;
    tell(excerpt, options, [&](const ToldRow& row) {
        if (row.item.phaseBegins >= 0)
            out += fmt::format(
                "\n== {} ==\n",
                options.words(source.phases()[static_cast<std::size_t>(row.item.phaseBegins)].title));
        out += fmt::format("{:>14}  {} -> {}: {}", row.time, nameOf(row.from), nameOf(row.to), row.label);
        if (!row.summary.empty())
            out += ". " + row.summary;
        if (!row.notes.empty())
            out += " [" + row.notes + "]";
        out += "\n";
    });
    return out;
}

} // namespace

std::string transcript(const Excerpt& excerpt, const WriterOptions& options) {
    std::string text = options.title.empty() ? "" : options.title + "\n";
    if (excerpt.leftOut)
        text += options.words(*excerpt.leftOut) + "\n";
    if (!text.empty())
        text += "\n";
    const std::size_t lanes = excerpt.sequence->source().participants().size();
    return text +
           (lanes == 0 || lanes > mostLanes ? listing(excerpt, options) : Letters(excerpt, options).write());
}

} // namespace wirestage::diagram
