# SPDX-License-Identifier: GPL-3.0-or-later
"""A wire of its own for the states with a live capture: two network namespaces, a DHCP server (dnsmasq) in one, a client
(busybox udhcpc) and the window in the other. Nothing leaves them, and nothing of them stays."""
import os
import pathlib
import shutil
import subprocess
import time

HERE, THERE = 'wsgallery-c', 'wsgallery-s'
CONFIG = '''port=0
interface=eth0
bind-interfaces
no-ping
dhcp-authoritative
dhcp-range=10.0.0.50,10.0.0.60,255.255.255.0,2m
dhcp-option=option:router,10.0.0.1
dhcp-leasefile={folder}/leases
user=root
'''


def missing():
    """Why there can be no wire here; None: there can."""
    if os.geteuid() != 0:
        return 'network namespaces need root'
    lacking = [tool for tool in ('ip', 'dnsmasq', 'busybox') if not shutil.which(tool)]
    return f'{", ".join(lacking)} is not installed' if lacking else None


class Wire:
    def __init__(self, folder):
        self.folder, self.running = pathlib.Path(folder), []
        self.remove()
        for namespace in (HERE, THERE):
            self.ip('netns', 'add', namespace)
            self.ip('-n', namespace, 'link', 'set', 'lo', 'up')
            self.inside(namespace, 'sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=1', 'net.ipv6.conf.default.disable_ipv6=1')
        self.ip('-n', HERE, 'link', 'add', 'eth0', 'address', '02:00:00:00:00:c1', 'type', 'veth', 'peer', 'name', 'eth0',
                'address', '02:00:00:00:00:51', 'netns', THERE)
        self.ip('-n', THERE, 'addr', 'add', '10.0.0.1/24', 'dev', 'eth0')
        for namespace in (HERE, THERE):
            self.ip('-n', namespace, 'link', 'set', 'eth0', 'up')
        (self.folder / 'dnsmasq.conf').write_text(CONFIG.format(folder=self.folder))
        self.server()

    @staticmethod
    def ip(*words):
        subprocess.run(['ip', *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    @staticmethod
    def inside(namespace, *words):
        return subprocess.run(['ip', 'netns', 'exec', namespace, *words], check=False, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)

    def start(self, namespace, *words):
        self.running.append(subprocess.Popen(['ip', 'netns', 'exec', namespace, *words], stdout=subprocess.DEVNULL,
                                             stderr=subprocess.DEVNULL))

    def server(self):
        self.start(THERE, 'dnsmasq', '--no-daemon', '-C', str(self.folder / 'dnsmasq.conf'))
        time.sleep(0.4)

    def server_away(self):
        for process in self.running:
            process.kill()
            process.wait()
        self.running.clear()

    def client(self):
        self.start(HERE, 'busybox', 'udhcpc', '-i', 'eth0', '-f', '-n', '-q', '-t', '2', '-T', '1', '-s', '/bin/true')

    def act(self, what):
        {'client': self.client, 'server': self.server, 'server-away': self.server_away}[what]()

    def remove(self):
        self.server_away()
        for namespace in (HERE, THERE):
            if (pathlib.Path('/run/netns') / namespace).exists():
                subprocess.run(['ip', 'netns', 'del', namespace], check=False)
