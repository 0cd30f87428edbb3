# SPDX-License-Identifier: GPL-3.0-or-later
"""Chromium, driven over the pipe of its DevTools protocol: no library and no port.

https://chromedevtools.github.io/devtools-protocol/ : messages are JSON, each ends in a zero byte; the browser reads
them on file descriptor 3 and writes on 4.
"""
import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking',
         '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--disable-extensions',
         '--no-first-run', '--no-default-browser-check', '--password-store=basic', '--hide-scrollbars',
         '--remote-debugging-pipe']


class BrowserError(Exception):
    pass


def find():
    for name in ('chromium', 'chromium-browser', 'google-chrome'):
        if path := shutil.which(name):
            return path
    return None


class Browser:
    """One browser with one page. `requests`, `errors` grow with what the page asks for and complains of."""

    def __init__(self, path, log, seconds=60):
        self.seconds = seconds
        self.profile = tempfile.mkdtemp(prefix='handout-browser-')
        theirs_in, self.out = os.pipe()
        self.inp, theirs_out = os.pipe()
        # The browser's ends must be 3 and 4 there; a shell's redirections put them so, whatever they are here.
        command = ['sh', '-c', f'exec "$@" 3<&{theirs_in} 4>&{theirs_out}', 'sh', path, *FLAGS,
                   f'--user-data-dir={self.profile}', 'about:blank']
        environment = dict(os.environ, DBUS_SESSION_BUS_ADDRESS='disabled:', HOME=self.profile)
        self.process = subprocess.Popen(command, pass_fds=(theirs_in, theirs_out), stdin=subprocess.DEVNULL,
                                        stdout=log, stderr=log, env=environment)
        os.close(theirs_in)
        os.close(theirs_out)
        self.number, self.buffer, self.answers, self.session = 0, b'', {}, None
        self.requests, self.errors, self.loads = [], [], 0
        targets = self.call('Target.getTargets')['targetInfos']
        page = next(t for t in targets if t['type'] == 'page')
        self.session = self.call('Target.attachToTarget', targetId=page['targetId'], flatten=True)['sessionId']
        for domain in ('Page', 'Runtime', 'Network', 'Log', 'DOM', 'Accessibility'):
            self.call(domain + '.enable')

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.inp)
        os.close(self.out)
        shutil.rmtree(self.profile, ignore_errors=True)

    def call(self, method, **parameters):
        self.number += 1
        message = {'id': self.number, 'method': method, 'params': parameters}
        if self.session:
            message['sessionId'] = self.session
        try:
            os.write(self.out, json.dumps(message).encode() + b'\0')
        except BrokenPipeError:
            raise BrowserError('the browser has ended') from None
        end = time.monotonic() + self.seconds
        while self.number not in self.answers:
            self.listen(end - time.monotonic())
        answer = self.answers.pop(self.number)
        if 'error' in answer:
            raise BrowserError(f'{method}: {answer["error"]}')
        return answer['result']

    def listen(self, seconds):
        if not select.select([self.inp], [], [], max(0, seconds))[0]:
            raise BrowserError('the browser does not answer')
        more = os.read(self.inp, 1 << 20)
        if not more:
            raise BrowserError('the browser has ended')
        *messages, self.buffer = (self.buffer + more).split(b'\0')
        for message in messages:
            self.take(json.loads(message))

    def take(self, message):
        parameters = message.get('params', {})
        match message.get('method'):
            case None:
                self.answers[message['id']] = message
            case 'Network.requestWillBeSent':
                self.requests.append(parameters['request']['url'])
            case 'Runtime.consoleAPICalled' if parameters['type'] in ('error', 'warning', 'assert'):
                self.errors.append(f'console: {parameters["args"]}')
            case 'Runtime.exceptionThrown':
                self.errors.append(f'exception: {parameters["exceptionDetails"]}')
            case 'Log.entryAdded' if parameters['entry']['level'] in ('error', 'warning'):
                self.errors.append(f'log: {parameters["entry"]["text"]}')
            case 'Page.loadEventFired':
                self.loads += 1

    def open(self, address, width, height):
        self.resize(width, height)
        before, end = self.loads, time.monotonic() + self.seconds
        self.call('Page.navigate', url=address)
        while self.loads == before:
            self.listen(end - time.monotonic())

    def resize(self, width, height):
        self.call('Emulation.setDeviceMetricsOverride', width=width, height=height, deviceScaleFactor=1, mobile=False)

    def media(self, **features):
        self.call('Emulation.setEmulatedMedia', media=features.pop('media', ''),
                  features=[{'name': name.replace('_', '-'), 'value': value} for name, value in features.items()])

    def value(self, expression):
        # The DevTools may evaluate what the page's own policy would not let it.
        result = self.call('Runtime.evaluate', expression=expression, returnByValue=True)
        if 'exceptionDetails' in result:
            raise BrowserError(f'{expression}: {result["exceptionDetails"]}')
        return result['result'].get('value')

    def wait_for(self, expression, seconds=20):
        end = time.monotonic() + seconds
        while not self.value(expression):
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True

    def press(self, key, text=''):
        for kind in ('keyDown', 'keyUp'):
            self.call('Input.dispatchKeyEvent', type=kind, key=key, code=key, **({'text': text} if text and kind == 'keyDown' else {}))

    def click(self, selector):
        box = self.value(f'(() => {{ const b = document.querySelector({json.dumps(selector)}).getBoundingClientRect();'
                         ' return [b.x + b.width / 2, b.y + b.height / 2]; })()')
        for kind in ('mousePressed', 'mouseReleased'):
            self.call('Input.dispatchMouseEvent', type=kind, x=box[0], y=box[1], button='left', clickCount=1)

    def unnamed(self):
        """Whatever can be operated but has no name for a screen reader: role and node."""
        nodes = self.call('Accessibility.getFullAXTree')['nodes']
        wanted = {'button', 'combobox', 'slider', 'link', 'listitem', 'DisclosureTriangle', 'image', 'heading'}
        return [n['role']['value'] for n in nodes
                if not n.get('ignored') and n['role']['value'] in wanted - {'listitem'}
                and not n.get('name', {}).get('value')]

    def photograph(self, path):
        picture = self.call('Page.captureScreenshot', format='png')['data']
        with open(path, 'wb') as file:
            file.write(base64.b64decode(picture))
