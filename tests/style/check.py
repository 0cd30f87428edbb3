#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules about the sources that a compiler does not check.

usage: tests/style/check.py [RULE...]      (all of them without an argument; run in the source tree's root)
    includes  every include points to the left on the way from bytes to the painter; the core knows no Qt
    licence   every source file (lists that CMake reads apart) opens with the SPDX line
    length    no file is longer than 600 lines; those above 400 are named
    marks     no mark of unfinished work and no path of somebody's machine
    self      the rules themselves: each must find a violation that is planted

Exit status: 0 kept, 1 broken (a line FILE:LINE: what, for each), 2 wrong usage.
"""
import os
import re
import sys

LICENCE = 'SPDX-License-Identifier: GPL-3.0-or-later'
SOURCES = ('.cpp', '.h', '.def')
SCRIPTS = ('.cmake', '.py', '.sh', 'CMakeLists.txt', '/run')
TEXTS = ('.toml', '.md', '.json', '.ts', '.xml', '.desktop', '.qrc')
LEAVE_OUT = {'.git', 'build', '.cache', '.vscode', '.idea'}
MOST_LINES, MANY_LINES = 600, 400

# From the wire to the window: a file may include what has its own height or less.
HEIGHTS = ['core/bytes', 'core/text', 'core/capture', 'WIRE', 'core/privacy', 'core/flow', 'core/grouping',
           'MESSAGES', 'core/exchange', 'core/simulation', 'core/series', 'core/knowledge', 'core/lesson', 'core/overlay',
           'core/diagram', 'core/handout', 'app', 'tests']
HEIGHT = {name: height for height, name in enumerate(HEIGHTS)}
HEIGHT['core/protocols'] = HEIGHT['WIRE']
# The plain values that describe exchanges are the language of grouping and of the rooms that fill them in.
HEIGHT_OF_FILE = {'core/exchange/model': HEIGHT['core/grouping']}
# The rooms of a protocol's folder. Endpoints stand beside the simulation that drives them.
# The messages' room may be spread over files: which exchange a packet belongs to, and the words for it.
ROOMS = [('_wire', HEIGHT['WIRE']), ('_messages', HEIGHT['MESSAGES']), ('_grouping', HEIGHT['MESSAGES']),
         ('_story', HEIGHT['MESSAGES']), ('_endpoints', HEIGHT['core/simulation'])]
# These stand side by side: neither needs to know the other.
STRANGERS = [('core/knowledge', 'core/diagram'), ('core/diagram', 'core/knowledge')]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]')
QT = re.compile(r'^(Q[A-Z]\w*|Qt\w*/.*|q[a-z]+\.h)$')
MARK = re.compile(r'\b(TO' r'DO|FIX' r'ME|X' r'XX|HA' r'CK)\b')
MACHINE = re.compile(r'(?<![\w.~}$*])/(work|root|farm|tmp/ws)/|(?<![\w/])/\.library')


def folder_of(path):
    """The folder whose height counts: the first two names below core, the first one elsewhere."""
    parts = path.split('/')
    return '/'.join(parts[:2]) if parts[0] == 'core' else parts[0]


def room_of(path):
    """The height of a protocol's file when its name says one ("dhcp_messages_text.cpp"), else None."""
    if re.match(r'core/protocols/[^/]+/', path):
        stem = os.path.basename(path).split('.')[0]
        for room, height in ROOMS:
            if stem.endswith(room) or room + '_' in stem:
                return height
    return None


def height_of(path):
    room = room_of(path)
    if room is not None:
        return room
    if (stem := os.path.splitext(path)[0]) in HEIGHT_OF_FILE:
        return HEIGHT_OF_FILE[stem]
    # What lies in a protocol's folder without a room in its name (tables of names, lists of kinds) is wire level.
    if re.match(r'core/protocols/[^/]+/', path):
        return HEIGHT['WIRE']
    return HEIGHT.get(folder_of(path))


def includes(path, lines):
    own = height_of(path)
    if own is None:
        if path.startswith('core/') and path.endswith(SOURCES):
            yield 1, f'the folder {folder_of(path)} has no height yet: give it one in tests/style/check.py'
        return
    for number, line in enumerate(lines, 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        bracket, target = found.groups()
        if path.startswith('core/') and QT.match(target):
            yield number, f'the core knows no Qt: {target}'
        if bracket != '"':
            continue
        theirs = height_of(target)
        if theirs is None:
            continue
        if theirs > own:
            yield number, f'includes {target}, which stands above it'
        elif (folder_of(path), folder_of(target)) in STRANGERS:
            yield number, f'includes {target}, which stands beside it'


def licence(path, lines):
    name = os.path.basename(path)
    if not path.endswith(SOURCES + SCRIPTS) or path.endswith('.def'):
        return
    first = 1 if lines and lines[0].startswith('#!') else 0
    if len(lines) <= first or LICENCE not in lines[first]:
        yield first + 1, f'{name} must open with "{LICENCE}"'


def length(path, lines):
    if not path.endswith(SOURCES + SCRIPTS) or path.endswith('.def'):
        return
    if len(lines) > MOST_LINES:
        yield len(lines), f'{len(lines)} lines, at most {MOST_LINES}: it holds more than one idea'
    elif len(lines) > MANY_LINES:
        print(f'note: {path} has {len(lines)} lines, most files have fewer than {MANY_LINES}')


def marks(path, lines):
    if not path.endswith(SOURCES + SCRIPTS + TEXTS):
        return
    for number, line in enumerate(lines, 1):
        if MARK.search(line):
            yield number, 'a mark of unfinished work'
        if MACHINE.search(line):
            yield number, "a path of somebody's machine"


RULES = {'includes': includes, 'licence': licence, 'length': length, 'marks': marks}

PLANTED = [
    (includes, 'core/bytes/reader.h', ['#include "core/capture/frame.h"']),
    (includes, 'core/flow/table.cpp', ['#include <QString>']),
    (includes, 'core/flow/table.cpp', ['#include <QtCore/qglobal.h>']),
    (includes, 'core/diagram/layout.cpp', ['#include "app/stage/stage.h"']),
    (includes, 'core/protocols/dhcp/dhcp_wire.cpp', ['#include "core/flow/flow_table.h"']),
    (includes, 'core/protocols/dhcp/dhcp_messages.h', ['#include "core/exchange/capture.h"']),
    (includes, 'core/flow/table.h', ['#include "core/grouping/room.h"']),
    (includes, 'core/exchange/model.h', ['#include "core/exchange/capture.h"']),
    (includes, 'core/protocols/dhcp/dhcp_names.cpp', ['#include "core/protocols/dhcp/dhcp_messages.h"']),
    (includes, 'core/flow/table.h', ['#include "core/protocols/tcp/tcp_messages.h"']),
    (includes, 'core/diagram/layout.h', ['#include "core/knowledge/book.h"']),
    (includes, 'core/attic/box.h', []),
    (licence, 'core/bytes/reader.h', ['#pragma once']),
    (licence, 'app/run', ['#!/usr/bin/env bash', 'set -e']),
    (length, 'core/bytes/reader.h', ['//'] * (MOST_LINES + 1)),
    (marks, 'core/bytes/reader.h', ['// TO' 'DO later']),
    (marks, 'README.md', ['see /ro' 'ot/project/x']),
]
ALLOWED = [
    (includes, 'core/protocols/dhcp/dhcp_messages.cpp', ['#include "core/grouping/room.h"']),
    (includes, 'core/grouping/grouping.h', ['#include "core/exchange/model.h"']),
    (includes, 'core/protocols/dissect.cpp', ['#include "core/protocols/frame/frame_wire.h"']),
    (includes, 'core/protocols/dhcp/dhcp_messages.cpp', ['#include "core/flow/flow_table.h"']),
    (includes, 'core/protocols/dhcp/dhcp_endpoints.cpp', ['#include "core/protocols/dhcp/dhcp_wire.h"']),
    (includes, 'core/handout/step.cpp',
     ['#include "core/diagram/layout.h"', '#include "core/knowledge/knowledge.h"']),
    (includes, 'app/stage/stage.cpp', ['#include <QWidget>', '#include "core/diagram/layout.h"']),
    (includes, 'core/flow/table.cpp', ['#include <queue>', '#include "core/protocols/protocol.h"']),
    (licence, 'app/run', ['#!/usr/bin/env bash', '# ' + LICENCE]),
    (length, 'core/bytes/reader.h', ['//'] * MANY_LINES),
    (marks, 'README.md', ['~/.cache/ and $HOME/' + 'work/ and core/' + 'root/x and https://example.org/' + 'home/']),
]


def self_check():
    broken = 0
    for expected, cases in ((True, PLANTED), (False, ALLOWED)):
        for rule, path, lines in cases:
            if bool(list(rule(path, lines))) != expected:
                print(f'{rule.__name__} {"missed" if expected else "refused"}: {path}: {lines[:1]}')
                broken += 1
    return broken


def files():
    for folder, folders, names in os.walk('.'):
        folders[:] = sorted(f for f in folders if f not in LEAVE_OUT and not f.startswith('cmake-build'))
        for name in sorted(names):
            yield os.path.join(folder, name)[2:]


def main(wanted):
    if unknown := [name for name in wanted if name not in RULES and name != 'self']:
        print(f'check.py: no rule {unknown[0]}; there are: self {" ".join(RULES)}', file=sys.stderr)
        return 2
    wanted = wanted or ['self', *RULES]
    broken = self_check() if 'self' in wanted else 0
    checked = 0
    for path in files():
        if not path.endswith(SOURCES + SCRIPTS + TEXTS):
            continue
        with open(path, encoding='utf-8', errors='replace') as file:
            lines = file.read().splitlines()
        checked += 1
        for name in wanted:
            for number, what in RULES[name](path, lines) if name in RULES else ():
                print(f'{path}:{number}: {what}')
                broken += 1
    print(f'{checked} files, {broken} broken rules')
    return 1 if broken or checked < 10 else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
