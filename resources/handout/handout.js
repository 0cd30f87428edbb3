// SPDX-License-Identifier: GPL-3.0-or-later
// Steps through the page: one article at a time is shown, the diagram pales below its message, and a packet
// travels along the arrow. No library; nothing is fetched and nothing kept.
(function () {
'use strict';
const root = document.documentElement, body = document.body;
const id = (name) => document.getElementById(name);
const steps = Array.from(id('steps').children);
const messages = steps.filter((step) => step.dataset.row);
const links = Array.from(document.querySelectorAll('#contents a'));
const stage = id('stage'), rows = id('rows'), explanation = id('explanation'), where = id('where');
const svgs = Array.from(stage.querySelectorAll('svg'));
const still = window.matchMedia('(prefers-reduced-motion: reduce)');
const zooms = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4];
const leastScale = 0.8, travelTime = 700, pauseTime = 900, phasePause = 2000;
let at = 0, zoom = 1, settled = false, playing = false, timer = 0, frame = 0, asked = 0, right = 0;

const number = (step, name) => Number(step.dataset[name]);
const speed = () => Number(id('speed').value) || 1;

// --- where the story is

/// The last message told at a step: before a question it is the one above it.
function toldAt(place) {
  while (place > 0 && !steps[place].dataset.row) --place;
  return steps[place];
}

function show(place, travel) {
  place = Math.max(0, Math.min(steps.length - 1, place));
  const changed = place !== at;
  at = place;
  const step = steps[at], told = toldAt(at);
  steps.forEach((one) => { one.hidden = one !== step; });
  body.classList.toggle('asking', 'question' in step.dataset);
  paint(told, step === told);
  where.value = String(at);
  where.setAttribute('aria-valuetext', step.dataset.said);
  const n = messages.indexOf(told) + 1;
  id('count').textContent = n + ' / ' + messages.length;
  id('first').disabled = id('back').disabled = at === 0;
  id('last').disabled = id('next').disabled = at === steps.length - 1;
  links.forEach((link) => {
    if (step.id && link.hash === '#' + step.id) link.setAttribute('aria-current', 'step');
    else link.removeAttribute('aria-current');
  });
  if (changed) {
    const heading = step.querySelector('h2');
    id('told').textContent = step.dataset.said + ' ' + (heading ? heading.textContent : '');
    explanation.scrollTop = 0;
    try { history.replaceState(null, '', '#' + step.id); } catch (e) { /* a viewer without history */ }
  }
  stopTravel();
  if (travel && changed && step === told && step.dataset.row && !('fold' in step.dataset) && !still.matches)
    startTravel(step);
  else if (playing)
    goOn(step);
}

function paint(told, current) {
  rows.querySelectorAll('[aria-current]').forEach((one) => one.removeAttribute('aria-current'));
  const height = rows.viewBox.baseVal.height, veil = id('veil'), glow = id('glow');
  const bottom = told.dataset.row ? number(told, 'bottom') : 0;
  const last = told === messages[messages.length - 1];
  veil.setAttribute('y', String(bottom));
  veil.setAttribute('height', String(last ? 0 : Math.max(0, height - bottom)));
  glow.setAttribute('d', '');
  if (!told.dataset.row) {
    stage.scrollTop = 0;
    return;
  }
  if (current && !('fold' in told.dataset))
    glow.setAttribute('d', 'M' + told.dataset.x1 + ' ' + told.dataset.y1 + 'L' + told.dataset.x2 + ' ' + told.dataset.y2);
  const group = id('message-' + told.dataset.row) || id('fold-' + told.dataset.row);
  if (group) group.setAttribute('aria-current', 'step');
  bringOnScreen(number(told, 'top'), bottom);
}

/// The row, and a little of what comes next, below the heads.
function bringOnScreen(top, bottom) {
  const scale = rows.getBoundingClientRect().width / rows.viewBox.baseVal.width || 1;
  const room = stage.clientHeight - rows.previousElementSibling.offsetHeight;
  const from = top * scale - 8, to = (bottom + 40) * scale, now = stage.scrollTop;
  let wanted = now;
  if (to > now + room) wanted = Math.min(from, to - room * 0.75);
  if (from < wanted || wanted < 0) wanted = Math.max(0, from);
  if (wanted !== now) stage.scrollTo({top: wanted, behavior: still.matches || !settled ? 'auto' : 'smooth'});
}

// --- the packet that travels

function boxes(layers) {
  const group = id('packet');
  group.textContent = '';
  for (let layer = 0; layer < layers; ++layer) {
    const box = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    const width = 64 - 12 * layer, height = 26 - 6 * layer;
    box.setAttribute('x', String(-width / 2));
    box.setAttribute('y', String(-height / 2));
    box.setAttribute('width', String(width));
    box.setAttribute('height', String(height));
    box.setAttribute('rx', '3');
    box.setAttribute('class', 'box-' + layer);
    group.appendChild(box);
  }
}

function startTravel(step) {
  const began = performance.now(), duration = travelTime / speed();
  const x1 = number(step, 'x1'), y1 = number(step, 'y1'), x2 = number(step, 'x2'), y2 = number(step, 'y2');
  boxes(number(step, 'layers'));
  const tick = (now) => {
    const part = Math.max(0, Math.min(1, (now - began) / duration));
    id('packet').setAttribute('transform', 'translate(' + (x1 + (x2 - x1) * part) + ' ' + (y1 + (y2 - y1) * part) + ')');
    if (part < 1) {
      frame = requestAnimationFrame(tick);
      return;
    }
    stopTravel();
    if (playing) goOn(step);
  };
  frame = requestAnimationFrame(tick);
}

function stopTravel() {
  cancelAnimationFrame(frame);
  id('packet').textContent = '';
}

// --- playing

function goOn(step) {
  clearTimeout(timer);
  if (at === steps.length - 1 || 'question' in step.dataset) {
    setPlaying(false);
    return;
  }
  const pause = 'phaseEnd' in step.dataset ? phasePause : pauseTime;
  timer = setTimeout(() => show(at + 1, true), pause / speed());
}

function setPlaying(on) {
  playing = on;
  clearTimeout(timer);
  const button = id('play'), name = on ? button.dataset.pause : button.dataset.play;
  button.classList.toggle('playing', on);
  button.setAttribute('aria-label', name);
  button.title = name;
}

function togglePlay() {
  if (playing) {
    setPlaying(false);
    return;
  }
  setPlaying(true);
  show(at === steps.length - 1 ? 0 : at + 1, true);
}

function move(place, travel) {
  setPlaying(false);
  show(place, travel);
}

// --- size

/// What the stage would have at a zoom of 1: the explanation beside it grows with the letters.
function stageWidthAt1() {
  root.style.setProperty('--zoom', '1');
  const width = stage.clientWidth - 2;
  root.style.setProperty('--zoom', String(zoom));
  return width;
}

function fit() {
  root.style.setProperty('--zoom', String(zoom));
  body.classList.toggle('narrow', window.innerWidth / zoom < 1000);
  id('size').textContent = Math.round(zoom * 100) + ' %';
  const width = Number(stage.dataset.width);
  const usual = Math.max(leastScale, stageWidthAt1() / width);
  svgs.forEach((svg) => {
    svg.style.width = width * usual * zoom + 'px';
    svg.style.height = svg.viewBox.baseVal.height * usual * zoom + 'px';
  });
}

function setZoom(wanted) {
  zoom = wanted;
  fit();
  paint(toldAt(at), toldAt(at) === steps[at]);
}

function zoomBy(way) {
  let place = 0;
  zooms.forEach((one, n) => { if (Math.abs(one - zoom) < Math.abs(zooms[place] - zoom)) place = n; });
  setZoom(zooms[Math.max(0, Math.min(zooms.length - 1, place + way))]);
}

// --- the screen black or white, the theme

function cover(color) {
  const sheet = id('cover'), same = !sheet.hidden && sheet.classList.contains('white') === (color === 'white');
  sheet.hidden = !color || same;
  sheet.classList.toggle('white', color === 'white');
  if (!sheet.hidden) id('told').textContent = color === 'white' ? sheet.dataset.white : sheet.dataset.black;
}

function toggleTheme() {
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' :
    window.matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
}

// --- questions

function choose(button) {
  const item = button.closest('li'), question = button.closest('.question');
  if (!question.querySelector('.chosen')) {
    ++asked;
    if (button.dataset.right === 'yes') ++right;
  }
  item.classList.add('chosen');
  question.querySelector('.score').textContent = '✓ ' + right + ' / ' + asked;
  id('told').textContent = item.querySelector('.reason').textContent;
}

// --- keys and clicks

const actions = {
  first: () => move(0, false), back: () => move(at - 1, false), next: () => move(at + 1, true),
  last: () => move(steps.length - 1, false), play: togglePlay, smaller: () => zoomBy(-1), larger: () => zoomBy(1),
  size: () => setZoom(1), theme: toggleTheme
};
const keys = {
  PageDown: 'next', ArrowRight: 'next', ' ': 'next', PageUp: 'back', ArrowLeft: 'back', Backspace: 'back',
  Home: 'first', End: 'last', p: 'play', '+': 'larger', '=': 'larger', '-': 'smaller', '0': 'size', d: 'theme'
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const on = event.target.closest ? event.target : body;
  // What the focus is on keeps the keys that belong to it.
  if (on.closest('select') && key !== 'PageDown' && key !== 'PageUp') return;
  if (key === ' ' && on.closest('button, summary, a')) return;
  if (on === where && /^(Arrow|Home|End)/.test(key)) return;
  if (key === 'b' || key === '.') cover('black');
  else if (key === 'w' || key === ',') cover('white');
  else if (key === 'Escape') cover('');
  else if (keys[key]) actions[keys[key]]();
  else return;
  event.preventDefault();
});
Object.keys(actions).forEach((name) => id(name).addEventListener('click', actions[name]));
id('cover').addEventListener('click', () => cover(''));
where.addEventListener('input', () => move(Number(where.value), false));
stage.addEventListener('click', (event) => {
  const group = event.target.closest('[role=listitem]');
  const row = group && group.id.split('-')[1];
  const place = row ? steps.findIndex((step) => step.dataset.row === row) : -1;
  if (place >= 0) move(place, false);
});
document.querySelectorAll('.choices button').forEach((button) => {
  button.addEventListener('click', () => choose(button));
});
function goToHash() {
  const place = steps.findIndex((step) => '#' + step.id === location.hash);
  if (place >= 0) move(place, false);
  explanation.scrollTop = 0;
}
window.addEventListener('hashchange', goToHash);
window.addEventListener('resize', () => setZoom(zoom));

root.classList.add('script');
where.max = String(steps.length - 1);
fit();
show(0, false);
goToHash();
// The browser's own way to the address's anchor comes last, and is undone.
window.addEventListener('load', () => {
  explanation.scrollTop = 0;
  setZoom(zoom);
  settled = true;
});
}());
