// SPDX-License-Identifier: GPL-3.0-or-later
// without_names CAPTURE OUTPUT: the capture's packets without names, as the window saves them. On standard
// output what of the capture must not be found in it any more: "address WORD" or "name WORD" a line.
#include "core/exchange/saving.h"

#include <cstdio>
#include <set>

using namespace wirestage;

namespace {

/// What a description shows under an address or a name of a host.
void collect(const Description& description, std::set<std::string>& words) {
    for (const Field& field : description.fields) {
        if (field.generated || field.spec->tells == TellsOf::Nobody || field.length == 0)
            continue;
        if (field.spec->show == Show::Address)
            words.insert("address " + field.value);
        else if (field.spec->show == Show::Text)
            words.insert("name " + field.value);
    }
}

} // namespace

int main(int count, char** words) {
    if (count != 3)
        return 2;
    auto opened = CaptureFile::open(words[1]);
    auto* file = std::get_if<CaptureFile>(&opened);
    if (!file)
        return 1;
    Capture capture(*file);
    capture.index();
    std::set<std::string> telling;
    for (PacketIndex packet = 0; packet < capture.packetCount(); ++packet)
        collect(capture.describe(packet), telling);
    for (const std::string& line : telling)
        std::puts(line.c_str());
    return saveCapture(*capture.withoutNames(), words[2]) ? 1 : 0;
}
