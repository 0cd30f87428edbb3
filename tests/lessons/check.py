#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the captures of all lessons against tshark.

usage: check.py tshark|agreement LESSON_CAPTURES WIRESTAGE
    tshark     no malformed packet, no bad checksum and no error that the lesson does not declare (`expect`)
    agreement  the fields of all packets are those that tshark prints (with the comparer of the reference captures)
Exit status: 0 all is well, 1 it is not (a line each), 77 skipped: tshark or the comparer is absent.
"""
import concurrent.futures
import hashlib
import os
import shutil
import struct
import subprocess
import sys
import tempfile

ERROR, WARNING = 0x800000, 0x600000
# What Wireshark's remarks are called in a lesson's `expect`.
NOTES = {'retransmission': 'retransmission', 'fast_retransmission': 'fast retransmission',
         'spurious_retransmission': 'spurious retransmission', 'out_of_order': 'out-of-order',
         'duplicate_ack': 'duplicate ack', 'lost_segment': 'previous segment', 'ack_lost_segment': 'wasn\'t captured',
         'zero_window': 'zero', 'zero_window_probe': 'zero', 'zero_window_probe_ack': 'zero', 'window_full': 'window',
         'checksum_bad': 'checksum', 'port_reused': 'port numbers reused', 'keep_alive': 'keep-alive'}
# Remarks about what a lesson may be about, and no fault of a packet.
SUBJECTS = ('connection reset (rst)', 'duplicate ip address')
OPTIONS = ['-o', 'ip.check_checksum:TRUE', '-o', 'tcp.check_checksum:TRUE', '-o', 'udp.check_checksum:TRUE']


def frames_digest(pcapng):
    """Of the frames in their order; two places on one way see the same ones at other moments."""
    digest, at = hashlib.sha256(), 0
    while at + 28 <= len(pcapng):
        kind, length = struct.unpack_from('<II', pcapng, at)
        if kind == 6:  # Enhanced Packet Block: the time stands between interface and lengths
            digest.update(pcapng[at + 20:at + length])
        at += max(length, 12)
    return digest.digest()


def captures(tool, folder):
    """Name -> (has faults, expected words), each different content once."""
    run = subprocess.run([tool, folder], stdout=subprocess.PIPE, text=True)
    found, seen = {}, set()
    for line in run.stdout.splitlines():
        name, faults, *expected = line.split(' ')
        with open(os.path.join(folder, name), 'rb') as file:
            digest = (frames_digest(file.read()), faults, *expected)
        if digest not in seen:
            seen.add(digest)
            found[name] = (faults == '1', expected)
    return run.returncode, found


def judge(folder, name, faults, expected):
    """What tshark finds wrong with one capture."""
    command = ['tshark', '-n', '-r', os.path.join(folder, name), *OPTIONS, '-T', 'fields', '-E', 'separator=\x1f',
               '-E', 'aggregator=\x1e', '-e', 'frame.number', '-e', 'frame.protocols', '-e', '_ws.expert.severity',
               '-e', '_ws.expert.message']
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors='replace')
    if run.returncode:
        return [f'{name}: tshark: {run.stderr.strip()[:200]}']
    wrong = []
    for line in run.stdout.splitlines():
        number, protocols, severities, messages = (line.split('\x1f') + ['', '', ''])[:4]
        if '_ws.malformed' in protocols:
            wrong.append(f'{name}: packet {number} is malformed')
        for severity, message in zip(severities.split('\x1e'), messages.split('\x1e')):
            level = int(severity, 0) if severity else 0
            declared = any(NOTES.get(word, word.replace('_', ' ')) in message.lower() for word in expected)
            if any(subject in message.lower() for subject in SUBJECTS):
                continue
            if not declared and (level >= ERROR or (level >= WARNING and not faults and not expected)):
                wrong.append(f'{name}: packet {number}: {message}')
    return wrong


def main():
    part, tool, wirestage = sys.argv[1:4]
    shared = os.environ.get('WIRESTAGE_SHARED', '../shared')
    comparer = os.path.join(shared, 'tools', 'agreement')
    if not shutil.which('tshark') or (part == 'agreement' and not (os.access(comparer, os.X_OK) and os.access(wirestage, os.X_OK))):
        print('skipped: tshark or what compares with it is absent')
        return 77
    with tempfile.TemporaryDirectory() as folder:
        status, found = captures(tool, folder)
        if not found:
            print('skipped: there are no lessons')
            return status or 77
        if part == 'tshark':
            with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
                wrong = [line for lines in pool.map(lambda one: judge(folder, one[0], *one[1]), found.items())
                         for line in lines]
            print('\n'.join(wrong[:50]) or f'{len(found)} captures, nothing wrong')
            return 1 if wrong or status else 0
        run = subprocess.run([comparer, '--wirestage', wirestage, '--show', '5', '--min', '100',
                              *(os.path.join(folder, name) for name in sorted(found))])
        return run.returncode or status


if __name__ == '__main__':
    sys.exit(main())
