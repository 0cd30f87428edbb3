#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares our reading of the reference captures with tshark's: number, time, length and captured length.

usage: tests/core/capture/agrees_with_tshark.py PROGRAM [FOLDER] [--every N]
    PROGRAM   the built capture_lines
    FOLDER    with captures; $WIRESTAGE_SHARED/captures, or shared/captures beside the source tree
    --every N only each Nth file, for a quick look

Exit status: 0 they agree, 1 they do not, 77 skipped because tshark or the captures are absent.
"""
import argparse
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

FURTHEST = (1 << 62) - 1  # our clock ends there, so that differences fit
MOST_LENGTH = (1 << 31) - 1  # tshark shows no greater length


def captures_in(folder):
    for where, _, names in os.walk(folder):
        for name in names:
            if name.endswith(('.pcap', '.pcapng')):
                yield os.path.join(where, name)


def nanoseconds(text):
    seconds, _, fraction = text.partition('.')
    if len(fraction) != 9:  # none, or that of a damaged pcap which has more microseconds than a second
        return None
    time = abs(int(seconds)) * 10**9 + int(fraction)
    return -time if text.startswith('-') else time


def same(theirs, ours):
    if theirs[0] != ours[0] or theirs[3] != ours[3]:
        return False
    if int(theirs[2]) != min(int(ours[2]), MOST_LENGTH):
        return False
    their_time, our_time = nanoseconds(theirs[1]), nanoseconds(ours[1])
    if their_time is None:
        return True
    return max(-FURTHEST, min(FURTHEST, their_time)) == our_time


def compare(program, path):
    """What differs first, or None."""
    fields = ['frame.number', 'frame.time_epoch', 'frame.len', 'frame.cap_len']
    command = ['tshark', '-n', '-r', path, '-T', 'fields'] + [word for field in fields for word in ('-e', field)]
    theirs = subprocess.run(command, capture_output=True, text=True).stdout.splitlines()
    run = subprocess.run([program, path], capture_output=True, text=True)
    ours = run.stdout.splitlines()
    if run.returncode not in (0, 3) or run.stderr:
        return f'{path}: exit status {run.returncode} {run.stderr.strip()}'
    if len(theirs) != len(ours):
        return f'{path}: {len(ours)} packets, {len(theirs)} to tshark'
    for their_line, our_line in zip(theirs, ours):
        if not same(their_line.split('\t'), our_line.split('\t')):
            return f'{path}: "{our_line}", to tshark "{their_line}"'
    return None


def main():
    beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), *['..'] * 4, 'shared')
    parser = argparse.ArgumentParser()
    parser.add_argument('program')
    parser.add_argument('folder', nargs='?')
    parser.add_argument('--every', type=int, default=1)
    arguments = parser.parse_args()
    folder = arguments.folder or os.path.join(os.environ.get('WIRESTAGE_SHARED') or beside, 'captures')
    if not shutil.which('tshark') or not os.path.isdir(folder):
        print('skipped: tshark or the reference captures are absent')
        return 77
    paths = sorted(captures_in(folder))[::arguments.every]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        differences = [d for d in pool.map(lambda path: compare(arguments.program, path), paths) if d]
    for difference in differences:
        print(difference)
    print(f'{len(paths)} captures, {len(differences)} differ')
    return 1 if differences or not paths else 0


if __name__ == '__main__':
    sys.exit(main())
