// SPDX-License-Identifier: GPL-3.0-or-later
// dumpcap(1)'s flags, as far as we have them. Those that describe an interface belong to the -i before them;
// before the first -i they are what every interface begins with.
#include "app/helper/options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace wirestage::helper {
namespace {

using namespace std::string_view_literals;

struct Flag {
    char letter;
    std::string_view name; ///< behind "--"; empty: there is none
    bool takesValue;
};

constexpr std::array flags{
    Flag{'a', "autostop", true},
    Flag{'B', "buffer-size", true},
    Flag{'c', "", true},
    Flag{'D', "list-interfaces", false},
    Flag{'f', "", true},
    Flag{'h', "help", false},
    Flag{'i', "interface", true},
    Flag{'M', "machine", false},
    Flag{'n', "", false},
    Flag{'p', "no-promiscuous-mode", false},
    Flag{'P', "", false},
    Flag{'q', "", false},
    Flag{'s', "snapshot-length", true},
    Flag{'S', "", false},
    Flag{'v', "version", false},
    Flag{'w', "", true},
};

/// The whole of `text` as a number of at least `least`.
template <class Number>
std::optional<Number> numberIn(std::string_view text, Number least, Number most) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || !(number >= least && number <= most))
        return std::nullopt;
    return number;
}

constexpr std::uint64_t mostCounted = 1ULL << 62;

class Parser {
public:
    explicit Parser(std::span<const char* const> arguments) : rest_(arguments) {}

    std::variant<Options, std::string> run() {
        while (!rest_.empty() && problem_.empty()) {
            const std::string_view argument = rest_.front();
            rest_ = rest_.subspan(1);
            if (argument.starts_with("--"))
                takeLong(argument.substr(2));
            else if (argument.size() > 1 && argument[0] == '-')
                takeLetters(argument.substr(1));
            else
                problem_ = quoted(argument) + " is no flag; -h lists them";
        }
        if (problem_.empty())
            problem_ = whatIsMissing();
        if (!problem_.empty())
            return problem_;
        return std::move(options_);
    }

private:
    static std::string quoted(std::string_view word) { return "“" + std::string(word) + "”"; }

    /// "-pi eth0" is "-p -i eth0", and "-ieth0" is "-i eth0".
    void takeLetters(std::string_view letters) {
        while (!letters.empty() && problem_.empty()) {
            const auto flag = std::find_if(flags.begin(), flags.end(),
                                           [&](const Flag& known) { return known.letter == letters[0]; });
            const std::string written = "-" + std::string(letters.substr(0, 1));
            letters.remove_prefix(1);
            if (flag == flags.end()) {
                problem_ = "unknown flag " + written + "; -h lists those that exist";
            } else if (!flag->takesValue) {
                take(flag->letter, {});
            } else {
                takeWithValue(*flag, written, letters);
                return;
            }
        }
    }

    /// "--snapshot-length 64" or "--snapshot-length=64".
    void takeLong(std::string_view argument) {
        const std::size_t equals = argument.find('=');
        const std::string_view name = argument.substr(0, equals);
        const auto flag = std::find_if(flags.begin(), flags.end(), [&](const Flag& known) {
            return !known.name.empty() && known.name == name;
        });
        const std::string written = "--" + std::string(name);
        if (flag == flags.end())
            problem_ = "unknown flag " + written + "; -h lists those that exist";
        else if (flag->takesValue)
            takeWithValue(*flag, written, equals == argument.npos ? ""sv : argument.substr(equals + 1));
        else if (equals != argument.npos)
            problem_ = written + " takes no value";
        else
            take(flag->letter, {});
    }

    void takeWithValue(const Flag& flag, const std::string& written, std::string_view attached) {
        if (!attached.empty()) {
            take(flag.letter, attached);
        } else if (rest_.empty()) {
            problem_ = written + " needs a value behind it";
        } else {
            const std::string_view value = rest_.front();
            rest_ = rest_.subspan(1);
            take(flag.letter, value);
        }
    }

    void take(char letter, std::string_view value) {
        switch (letter) {
        case 'a': takeLimit(value); break;
        case 'B': setNumber(described().bufferMebibytes, letter, value, 1, 2047); break;
        case 'c': options_.limits.packets = count(value, "-c takes a number of packets, from 1"); break;
        case 'D': options_.task = Task::List; break;
        case 'f': described().filter = value; break;
        case 'h': options_.task = Task::Help; break;
        case 'i':
            options_.devices.push_back(beginning_);
            options_.devices.back().name = value;
            break;
        case 'M': options_.machine = true; break;
        case 'p': described().promiscuous = false; break;
        case 'P': problem_ = "-P is not possible: what is written is pcapng, never pcap"; break;
        case 's': takeSnapshotLength(value); break;
        case 'S': options_.task = Task::Statistics; break;
        case 'v': options_.task = Task::Version; break;
        case 'w': takeDestination(value); break;
        default: break; // -n (pcapng) and -q (no count while it goes on) ask for what happens anyway
        }
    }

    /// Of the interface that the flags at hand are about.
    DeviceOptions& described() { return options_.devices.empty() ? beginning_ : options_.devices.back(); }

    std::uint64_t count(std::string_view text, std::string_view complaint) {
        const auto number = numberIn<std::uint64_t>(text, 1, mostCounted);
        if (!number)
            problem_ = std::string(complaint) + ", not " + quoted(text);
        return number.value_or(0);
    }

    void setNumber(int& into, char letter, std::string_view text, int least, int most) {
        const auto number = numberIn<int>(text, least, most);
        if (number)
            into = *number;
        else
            problem_ = std::string("-") + letter + " takes a number from " + std::to_string(least) + " to " +
                       std::to_string(most) + ", not " + quoted(text);
    }

    /// As in tcpdump, 0 stands for as much as there is.
    void takeSnapshotLength(std::string_view value) {
        int length = 0;
        setNumber(length, 's', value, 0, DeviceOptions{}.snapshotLength);
        described().snapshotLength = length == 0 ? DeviceOptions{}.snapshotLength : length;
    }

    void takeLimit(std::string_view value) {
        const std::size_t colon = value.find(':');
        const std::string_view what = value.substr(0, colon);
        const std::string_view amount = colon == value.npos ? ""sv : value.substr(colon + 1);
        Limits& limits = options_.limits;
        if (what == "packets") {
            limits.packets = count(amount, "-a packets: takes a number of packets, from 1");
        } else if (what == "filesize") {
            // dumpcap's kB are thousands.
            limits.bytes = 1000 * std::min(mostCounted / 1000,
                                           count(amount, "-a filesize: takes a number of kB, from 1"));
        } else if (what == "duration") {
            limits.seconds = numberIn<double>(amount, 0.001, 1e9);
            if (!limits.seconds)
                problem_ = "-a duration: takes a number of seconds, not " + quoted(amount);
        } else {
            problem_ = "-a takes duration:SECONDS, filesize:KB or packets:COUNT, not " + quoted(value);
        }
    }

    void takeDestination(std::string_view value) {
        toStandardOutput_ = value == "-";
        if (!toStandardOutput_)
            problem_ = "-w takes only “-”, standard output; this program opens no files";
    }

    std::string whatIsMissing() const {
        if (options_.task != Task::Capture)
            return {};
        if (options_.devices.empty())
            return "no interface was named: -i NAME says which one, -D lists them";
        if (!toStandardOutput_)
            return "say “-w -”: packets are written to standard output, and nowhere else";
        return {};
    }

    std::span<const char* const> rest_;
    Options options_;
    DeviceOptions beginning_;
    bool toStandardOutput_ = false;
    std::string problem_;
};

} // namespace

std::variant<Options, std::string> parseOptions(std::span<const char* const> arguments) {
    return Parser(arguments).run();
}

std::string helpText() {
    return R"(usage: wirestage-capture -i IFACE... -w - [flags]     packets as pcapng to standard output
       wirestage-capture -D [-M]                        the interfaces
       wirestage-capture -S [-M] [-i IFACE]...          packets and drops of each, every second

  -i IFACE          a name from -D, or its number there; several are captured together
  -f FILTER         pcap-filter(7); hosts by address, because names are not looked up
  -s LENGTH         keep so many bytes of a packet (0 and 262144: all)
  -p                leave the interface out of promiscuous mode
  -B MIB            the kernel's buffer (16)
                    Of these, -f -s -p -B belong to the -i before them; before any -i, to all.
  -c COUNT          end after so many packets
  -a duration:S     end after seconds;  -a filesize:KB, -a packets:COUNT likewise
  -w -              where to: standard output, the only place there is
  -D, -S            list interfaces; statistics. With -M for a program to read: fields separated by tabs
  -n, -q            accepted as dumpcap's: pcapng is always written, a running count never
  -h, -v            this text; the version

Once its interfaces are open, the program gives up every right and confines itself before it looks at a packet.
Exit status: 0 done; 2 wrong usage or filter; 3 no such interface, it is down or vanished; 4 not permitted;
5 the output could not be written.
)";
}

} // namespace wirestage::helper
