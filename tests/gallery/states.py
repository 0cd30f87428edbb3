# SPDX-License-Identifier: GPL-3.0-or-later
"""The states that the gallery shows: a capture and what somebody does with mouse and keys to get there.

What is done is a list of words:
  "Right*3"            keys, as xdotool names them
  "say TEXT"           typing
  "click X Y"          the mouse, in parts of the window: 0 is left or top, 1 right or bottom
  "full"               presenting
  "wait SECONDS"
  "wire WORD"          on the wire of a live capture: a "client" asks for an address, the "server" starts, "server-away"
A capture is the name of a recording, "shared:" and a reference capture, "made:" and a file made on the way, or
"lesson:" and a built-in lesson, with a variant behind a slash; "live:" captures on a wire of its own.
"""
from dataclasses import dataclass, field

DARK = ['alt+v', 't', 'd']
PROJECTOR = ['alt+v', 't', 'p']


@dataclass
class State:
    name: str
    capture: str
    do: list = field(default_factory=list)
    screen: tuple = (1920, 1080)
    scale: float = 1
    shows: str = ''
    options: list = field(default_factory=list)
    large: bool = False


def find(words, row=1):
    """Chooses an exchange by a search: the first one found, or one below it."""
    return ['ctrl+f', f'say {words}', 'Return', 'wait 0.4', *['Down'] * row, 'wait 0.3', 'Return']


def over(lesson):
    """Lays a lesson over the capture."""
    return ['--lesson', lesson]


SMALL = (800, 600)
MERGED = ['alt+f', 'm', 'wait 1', 'say server.pcapng', 'Return', 'wait 1.5', 'alt+v', 'l', 't', 'wait 0.5']
STATES = [
    # Each kind of exchange, part of the way told.
    State('dhcp-lease', 'dhcp-dora-renew-release', ['Right*1'], shows='a DHCP lease'),
    State('dhcp-nak', 'dhcp-nak', ['Right*1'], shows='a DHCP request that is refused'),
    State('dhcp-two-servers', 'dhcp-two-servers', ['Right*3'], shows='two servers offer, one is chosen'),
    State('dns-lookup', 'dns-recursion', ['ctrl+shift+a', 'Right*6'], shows='a resolver asks its way down'),
    State('ftp-passive', 'ftp-pasv', ['Right*12'], shows='an FTP session, passive'),
    State('ftp-active', 'ftp-active', ['ctrl+shift+a', 'Right*14'],
          shows='an FTP session, active, with its data connection'),
    State('ftp-login-denied', 'ftp-badlogin', ['End'], shows='an FTP login that is denied'),
    State('ping', 'shared:icmp/sanders-icmp_echo.pcapng', ['Right*3'], shows='a ping run'),
    State('traceroute', 'icmp-traceroute-udp', ['Right*5'], shows='a traceroute over three routers'),
    State('tcp-retransmission', 'tcp-rto', ['Right*5'], shows='a TCP connection, segments sent again'),
    State('tcp-refused', 'shared:pop3/zeek-pop3.pcap', [*find('outcome:refused'), 'Right*1'], shows='a refused TCP connection'),
    State('tcp-reset', 'shared:tcp/zeek-retransmit-fast009.pcap', ['End'], shows='a TCP connection that is reset'),
    State('arp', 'shared:arp/community-arp-spoofing.pcap', ['ctrl+shift+a', 'Right*2'],
          shows='ARP questions, and answers that nobody asked for'),
    State('ipv6-neighbours', 'shared:icmpv6/zeek-icmp6-nd-options.pcap', ['ctrl+shift+a', 'Right*2'],
          shows='IPv6 neighbour discovery'),
    # Each theme and size.
    State('theme-dark', 'dhcp-dora-renew-release', [*DARK, 'Right*2'], shows='the dark theme'),
    State('theme-projector', 'dhcp-dora-renew-release', [*PROJECTOR, 'Right*2'], shows='the projector theme'),
    State('size-800x600', 'dhcp-dora-renew-release', ['Right*1'], SMALL, shows='800×600'),
    State('size-800x600-exchanges', 'dhcp-decline', ['ctrl+f'], SMALL, shows='the table at 800×600'),
    State('size-800x600-inspector', 'dhcp-dora-renew-release', ['Right*1', 'Return'], SMALL,
          shows='the inspector at 800×600'),
    State('scale-200', 'dhcp-dora-renew-release', ['Right*1'], scale=2, shows='200 % scale'),
    State('presenter', 'dhcp-dora-renew-release', ['full', 'Right*2'], shows='presenting'),
    State('presenter-tcp', 'tcp-rto', ['full', 'Right*6'], shows='presenting a TCP connection'),
    State('presenter-dark-traceroute', 'icmp-traceroute-udp', [*DARK, 'full', 'Right*5'],
          shows='presenting, dark'),
    State('presenter-800x600', 'dhcp-nak', ['full', 'Right*1'], SMALL, shows='presenting at 800×600'),
    # The inspector's panes.
    State('inspector-packet', 'dhcp-dora-renew-release', ['Right*1', 'alt+2'], shows='the packet pane'),
    State('inspector-bytes', 'dhcp-dora-renew-release', ['Right*1', 'alt+3'], shows='the bytes pane'),
    State('inspector-dark', 'tcp-rto', [*DARK, 'Right*4', 'alt+2'], shows='the packet pane, dark'),
    # Ways of looking.
    State('true-time', 'tcp-syn-lost', ['alt+v', 'u', 'Right*2'], shows='true time with a gap left out'),
    State('fold-closed', 'tcp-syn-lost', ['Right*5'], shows='folded runs of alike messages'),
    State('fold-open', 'tcp-syn-lost', ['Right*5', 'Return'], shows='a fold that is open'),
    State('transcript', 'dhcp-dora-renew-release', ['Right*2', 'ctrl+t'], shows='the transcript'),
    State('level-transport', 'ftp-pasv', ['ctrl+3', 'Right*5'], shows='the transport level'),
    State('search', 'dns-types-tcp-axfr', find('protocol:dns mx'), shows='a search in the table'),
    State('filter-error', 'ftp-pasv', ['ctrl+f', 'Tab', 'space', 'say port twenty'], shows='a filter that cannot be understood'),
    State('cut-off-file', 'made:cut', ['Right*2'], shows='a file cut off in the middle'),
    State('zoomed', 'ftp-pasv', ['ctrl+plus*4', 'Right*3'], shows='everything larger'),
    State('menu', 'dhcp-dora-renew-release', ['alt+v'], shows='the view menu'),
    # Lessons, one of each chapter and more.
    State('lesson-message', 'lesson:one-message', ['Right*3'], shows='chapter 0: one message through layers and a router'),
    State('lesson-ftp', 'lesson:ftp-active-nat', ['Right*14'], shows='chapter 1: active FTP that an address translator breaks'),
    State('lesson-tcp', 'lesson:tcp-retransmission', ['Right*6'], shows='chapter 5: a lost segment, its timer, the chart'),
    State('lesson-icmp', 'lesson:path-mtu', ['Right*5'], shows='chapter 5: a packet that is too large for a link'),
    State('lesson-dhcp', 'lesson:dhcp-dora', ['Right*1', 'Delete', 'wait 0.5', 'Right*2'],
          shows='chapter 6: the Offer made lost by a key'),
    State('lesson-dns', 'lesson:dns-recursion', ['Right*6'], shows='chapter 6: a resolver asks its way down'),
    State('lesson-variant', 'lesson:dhcp-relay/no-relay', ['Right*3'], shows='a variant of a lesson'),
    State('lesson-predict', 'lesson:tcp-handshake', ['ctrl+p', 'Right*1'], shows='what comes next?'),
    State('lesson-charts', 'lesson:tcp-congestion', ['End'], shows='the congestion window beside its lesson'),
    State('lesson-projector', 'lesson:dhcp-dora', [*PROJECTOR, 'full', 'Right*2'], shows='a lesson, presented'),
    State('lesson-projector-predict', 'lesson:tcp-close', [*PROJECTOR, 'ctrl+p', 'full', 'Right*1'],
          shows='a question, presented'),
    State('lesson-dark', 'lesson:ftp-passive', [*DARK, 'Right*9'], shows='a lesson, dark'),
    State('lesson-800x600', 'lesson:dns-lookup', ['Right*1'], SMALL, shows='a lesson at 800×600'),
    State('lesson-800x600-projector', 'lesson:dhcp-dora', [*PROJECTOR, 'Right*2'], SMALL,
          shows='a lesson in the projector theme at 800×600'),
    State('lesson-800x600-presented', 'lesson:tcp-retransmission', [*PROJECTOR, 'ctrl+p', 'full', 'Right*4'], SMALL,
          shows='a question, presented at 800×600'),
    State('happen-dhcp', 'dhcp-nak', ['alt+c', 'm', 'Return', 'wait 1.4'], shows='a lease made to happen, live'),
    State('happen-ftp-800x600', 'dhcp-nak', ['alt+c', 'm', 'Up', 'Return', 'wait 6'], SMALL,
          shows='an FTP session made to happen, at 800×600'),
    # A lesson laid over a capture.
    State('overlay-same', 'dhcp-dora-renew-release', ['End'], options=over('dhcp-dora'), shows='as in the textbook'),
    State('overlay-different', 'ftp-badlogin', ['End'], options=over('ftp-passive'), shows='a login that is refused'),
    State('overlay-missing', 'ftp-active-blocked', ['Right*2'], options=over('ftp-active'),
          shows='active FTP whose data connection is blocked'),
    State('overlay-dark', 'dns-recursion', [*DARK, 'End'], options=over('dns-recursion'), shows='an overlay, dark'),
    State('overlay-projector', 'ftp-badlogin', [*PROJECTOR, 'full', 'End'], options=over('ftp-passive'),
          shows='an overlay, presented'),
    State('overlay-800x600', 'dhcp-nak', ['Right*2'], SMALL, options=over('dhcp-dora'), shows='an overlay at 800×600'),
    State('overlay-800x600-presented', 'dhcp-nak', ['full', 'Right*2'], SMALL, options=over('dhcp-dora'),
          shows='an overlay, presented at 800×600'),
    # A capture that is being made.
    State('live-waiting', 'live:dhcp', ['wait 1'], options=over('dhcp-dora'), shows='live: the textbook waits'),
    State('live-unanswered', 'live:dhcp', ['wire server-away', 'wire client', 'wait 1.6'], options=over('dhcp-dora'),
          shows='live: nobody answers yet'),
    State('live-done', 'live:dhcp', ['wire client', 'wait 2'], options=over('dhcp-dora'), shows='live: a real DORA'),
    State('live-plain', 'live:dhcp', ['wire client', 'wait 2'], shows='live, without a textbook'),
    State('live-presented', 'live:dhcp', [*PROJECTOR, 'full', 'wire client', 'wait 2'], options=over('dhcp-dora'),
          shows='live, presented'),
    State('live-800x600', 'live:dhcp', ['wire client', 'wait 2'], SMALL, options=over('dhcp-dora'),
          shows='live at 800×600'),
    State('both-ends', 'made:ends', [*MERGED, 'Right*5'], shows='captures of both ends, merged: one-way times and a loss'),
    State('both-ends-800x600', 'made:ends', [*MERGED, 'Right*5'], SMALL, shows='both ends at 800×600'),
    State('large', 'made:large', ['Right*2'], large=True, shows='10 million packets'),
    State('large-all', 'made:large', ['ctrl+shift+a', 'wait 4', 'End', 'wait 2'], large=True,
          shows='all of 10 million packets, at the end'),
]


def lesson_states(folder):
    """Every lesson half way and at its end, as a projector shows it."""
    for path in sorted(folder.glob('*.toml')):
        for place, keys in (('middle', ['Right*5']), ('end', ['End', 'wait 0.6'])):
            yield State(f'{path.stem}-{place}', f'lesson:{path.stem}', [*PROJECTOR, *keys],
                        shows=f'the lesson {path.stem}, {place}')
