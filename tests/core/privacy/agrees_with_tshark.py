#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets tshark look at captures that were saved without names: nothing of anybody is left, no checksum became
wrong, no packet another kind, none longer or shorter, none malformed that was not.

usage: tests/core/privacy/agrees_with_tshark.py PROGRAM [CAPTURE]...
    PROGRAM   the built without_names
    CAPTURE   else those of $WIRESTAGE_SHARED/captures or shared/captures beside the source tree, in the folders
              of the protocols that are read

Exit status: 0 all is well, 1 it is not, 77 skipped because tshark or the captures are absent.
"""
import ipaddress
import os
import re
import shutil
import subprocess
import sys
import tempfile

FOLDERS = ('arp', 'dhcp', 'dns', 'ftp', 'icmp', 'icmpv6', 'ipfrag', 'mdns', 'tcp', 'lab')
LEFT_OUT = ('zeek-var-services-std-ports.pcap',)  # ends in the middle of a reply, which is filled
MOST_BYTES = 60_000
CHECKED = ('ip', 'udp', 'tcp')
CHECKSUMS = ['-o', 'ip.check_checksum:TRUE', '-o', 'udp.check_checksum:TRUE', '-o', 'tcp.check_checksum:TRUE']
# What tshark says of packets that has nothing to do with names; payload that nobody of ours reads is filled,
# so only protocols up to transport and those that are read count.
FIELDS = ['frame.number', 'frame.len', 'frame.cap_len', 'ip.proto', 'ipv6.nxt', 'ip.checksum.status',
          'udp.checksum.status', 'tcp.checksum.status', 'icmp.checksum.status', 'icmpv6.checksum.status',
          'udp.srcport', 'udp.dstport', 'tcp.srcport', 'tcp.dstport', 'tcp.seq', 'tcp.ack', 'tcp.flags', 'tcp.len',
          'icmp.type', 'icmpv6.type', 'arp.opcode', 'dhcp.type', 'dhcp.option.dhcp', 'dns.id', 'dns.flags',
          'dns.qry.type', 'dns.count.answers', 'dns.resp.type', 'ftp.request.command', 'ftp.response.code',
          'ftp.passive.port', 'ftp.active.port']
# What a server says to everybody, and what filler looks like.
COMMON = {'goodbye', 'version', 'arpa', 'in-addr', 'ip6', 'local', 'localhost', 'test', 'www', 'example', 'invalid',
          'default', 'home', 'lan', 'anonymous'}


def captures(words):
    if words:
        return words
    root = os.environ.get('WIRESTAGE_SHARED', '../shared')
    found = []
    for folder in FOLDERS:
        where = os.path.join(root, 'captures', folder)
        for name in sorted(os.listdir(where)) if os.path.isdir(where) else []:
            path = os.path.join(where, name)
            if name.endswith(('.pcap', '.pcapng')) and name not in LEFT_OUT and os.path.getsize(path) <= MOST_BYTES:
                found.append(path)
    return found


def told(path):
    command = ['tshark', '-n', *CHECKSUMS, '-r', path, '-T', 'fields']
    command += [word for field in FIELDS for word in ('-e', field)]
    return subprocess.run(command, capture_output=True, text=True).stdout.splitlines()


def stands_for_itself(address):
    return address.is_unspecified or address.is_multicast or address.is_loopback or \
        (address.version == 4 and (int(address) >> 24 == 0 or int(address) == 0xffffffff))


def needles(line):
    """What must not be found: bytes of an address, the labels of a name or the words of a text."""
    kind, _, word = line.partition(' ')
    if kind == 'address':
        if re.fullmatch(r'([0-9a-f]{2}:){5}[0-9a-f]{2}', word):
            packed = bytes.fromhex(word.replace(':', ''))
            return [] if packed[0] & 1 or packed.count(0) > 3 else [packed]
        try:
            address = ipaddress.ip_address(word)
        except ValueError:
            return []
        if stands_for_itself(address):
            return []
        # Four bytes alone may be there by chance: the text of an IPv4 address counts, and the fields below.
        return [word.encode()] if address.version == 4 else [address.packed]
    if ' ' in word:  # a sentence: what it names is named elsewhere, too
        return []
    word = re.sub(r'(?<![0-9A-Za-z-])_[0-9A-Za-z-]{1,15}(?![0-9A-Za-z-])', '', word)  # a service is nobody's
    return [label.encode() for label in re.split(r'[^0-9A-Za-z-]+', word)
            if len(label) >= 6 and set(label.lower()) != {'x'} and label.lower() not in COMMON and not label.isdigit()]


def addresses(path):
    fields = ['ip.src', 'ip.dst', 'arp.src.proto_ipv4', 'arp.dst.proto_ipv4', 'dns.a', 'dhcp.ip.client',
              'dhcp.ip.your', 'dhcp.ip.server', 'dhcp.ip.relay', 'dhcp.option.dhcp_server_id',
              'dhcp.option.router', 'dhcp.option.domain_name_server', 'dhcp.option.requested_ip_address',
              'ftp.passive.ip', 'ftp.active.cip', 'icmp.redir_gw']
    command = ['tshark', '-n', '-r', path, '-T', 'fields', '-E', 'occurrence=a']
    command += [word for field in fields for word in ('-e', field)]
    text = subprocess.run(command, capture_output=True, text=True).stdout
    return {word for word in re.split(r'[\s,]+', text) if word and not stands_for_itself(ipaddress.ip_address(word))}


def check(program, path, folder):
    saved = os.path.join(folder, 'saved.pcapng')
    run = subprocess.run([program, path, saved], capture_output=True)
    if run.returncode != 0:
        return [f'exit status {run.returncode}']
    wrong = []
    with open(saved, 'rb') as file:
        content = file.read()
    lowered = content.lower()
    for line in run.stdout.decode('utf-8', 'replace').splitlines():
        for needle in needles(line):
            if needle.lower() in lowered if line.startswith('name') else needle in content:
                wrong.append(f'still there: {line} ({needle!r})')
    wrong += [f'still an address: {address}' for address in sorted(addresses(path) & addresses(saved))]
    before, after = told(path), told(saved)
    if len(before) != len(after):
        wrong.append(f'{len(after)} packets of {len(before)}')
    for old, new in zip(before, after):
        for field, one, other in zip(FIELDS, old.split('\t'), new.split('\t')):
            if one != other:
                wrong.append(f'packet {old.split(chr(9))[0]}: {field} was {one!r}, is {other!r}')
    return wrong


def main():
    program, *words = sys.argv[1:]
    paths = captures(words)
    if not paths or not shutil.which('tshark'):
        return 77
    status = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            wrong = check(program, path, folder)
            for line in wrong[:8]:
                print(f'{path}: {line}')
            if wrong:
                print(f'{path}: {len(wrong)} in all')
                status = 1
    return status


if __name__ == '__main__':
    sys.exit(main())
