// The player of one story, on a phone in its narrow telling. Data comes from #convreel-story or #convreel-narrow-story:
//   shots     milliseconds each shot stands
//   stops     shots at which stepping halts, one a beat; steps[i] is the counted step there (0: none)
//   captions  [counter, words] of each stop
//   actors    item ids, in paint order
//   looks     [classes, markup] that actors take on
//   changes   per shot: [actor, look, x, y, opacity], or [actor] for one that leaves
//   lined     whether line n of the transcript tells of step n
//   links     which cells belong together
(function () {
  'use strict';

  var root = document.querySelector('.convreel');
  var picture = root.querySelector('figure > svg');
  var narrow = document.getElementById('convreel-narrow');
  var told = 'convreel-story';
  if (narrow && matchMedia('(max-width: 600px)').matches) {
    picture.replaceWith(narrow.content.firstElementChild);
    picture = root.querySelector('figure > svg');
    told = 'convreel-narrow-story';
  }
  var story = JSON.parse(document.getElementById(told).textContent);
  var stage = picture.querySelector('[data-stage]');
  var query = new URLSearchParams(location.search);
  var quiet = matchMedia('(prefers-reduced-motion: reduce)');

  function find(selector) { return root.querySelector(selector); }

  // ---- The picture: every actor is a group that stays; shots change what it shows.

  var scope = picture.id;
  var meanings = story.actors.map(meaning_of);
  var seen = [];  // what every actor shows: [look, x, y, opacity] or null
  var groups = [];
  var shown = -1;  // the shot on the screen

  function build() {
    var used = {};
    stage.textContent = '';
    story.actors.forEach(function (id, actor) {
      var group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
      var name = scope + '-' + id.replace(/[^A-Za-z0-9._-]/g, '_');
      used[name] = (used[name] || 0) + 1;
      group.id = used[name] > 1 ? name + '--' + used[name] : name;
      group.style.display = 'none';
      stage.appendChild(group);
      groups.push(group);
      seen.push(null);
      mark_cell(group, id, actor);
    });
  }

  function states_at(shot) {
    var forward = shot >= shown && shown >= 0;
    var states = forward ? seen.slice() : story.actors.map(function () { return null; });
    for (var s = forward ? shown + 1 : 0; s <= shot; ++s)
      story.changes[s].forEach(function (change) { states[change[0]] = change.length > 1 ? change.slice(1) : null; });
    return states;
  }

  function draw(actor, state, before) {
    var group = groups[actor];
    if (!state) {
      group.style.display = 'none';
      return;
    }
    if (!before || before[0] !== state[0]) {
      group.innerHTML = story.looks[state[0]][1];
      group.setAttribute('class', story.looks[state[0]][0]);
      name_cell(actor);
    }
    group.style.display = '';
    group.setAttribute('transform', 'translate(' + (state[1] || 0) + ' ' + (state[2] || 0) + ')');
    if (state.length > 3) group.setAttribute('opacity', state[3]);
    else group.removeAttribute('opacity');
  }

  function show(shot) {
    if (shot === shown) return;
    var states = states_at(shot);
    states.forEach(function (state, actor) {
      var before = seen[actor];
      var same = state === before || (state && before && state.join() === before.join());
      if (!same) draw(actor, state, before);
    });
    seen = states;
    shown = shot;
    light(asked);
    tell();
  }

  // ---- Stepping and playing.

  var timer = 0;
  var playing = false;
  var rounds = 0;
  var speed = 1;
  var last_shot = story.shots.length - 1;

  /// The last stop that the shot on the screen has reached.
  function stop_now() {
    var stop = 0;
    while (stop + 1 < story.stops.length && story.stops[stop + 1] <= shown) ++stop;
    return stop;
  }

  function go(stop) { show(story.stops[Math.max(0, Math.min(stop, story.stops.length - 1))]); }

  function next() { go(story.stops[stop_now()] > shown ? 0 : stop_now() + 1); }

  function previous() { go(story.stops[stop_now()] < shown ? stop_now() : stop_now() - 1); }

  function schedule() {
    clearTimeout(timer);
    if (playing) timer = setTimeout(advance, story.shots[shown] / speed);
  }

  function advance() {
    if (shown < last_shot) {
      show(shown + 1);
    } else {
      rounds += 1;
      if (story.loop > 0 && rounds >= story.loop) return pause();
      show(0);
    }
    schedule();
  }

  function play() {
    if (playing) return;
    if (shown === last_shot) {
      rounds = 0;
      show(0);
    }
    playing = true;
    tell();
    schedule();
  }

  function pause() {
    playing = false;
    clearTimeout(timer);
    tell();
  }

  var commands = {
    first: function () { pause(); go(0); },
    last: function () { pause(); go(story.stops.length - 1); },
    next: function () { pause(); next(); },
    previous: function () { pause(); previous(); },
    toggle: function () { if (playing) pause(); else play(); },
    play: play,
    pause: pause
  };

  /// "first", "last" or a step as the picture counts it.
  function to_step(wanted) {
    if (wanted === 'first') return go(0);
    if (wanted === 'last') return go(story.stops.length - 1);
    var stop = story.steps.indexOf(Number(wanted));
    if (stop >= 0 && Number(wanted) > 0) go(stop);
  }

  // ---- Controls and words.

  var scrub = find('.scrub');
  var lines = Array.prototype.slice.call(root.querySelectorAll('.lines li'));

  function tell() {
    var stop = stop_now();
    var caption = story.captions[stop];
    find('.counter').textContent = caption[0];
    find('.words').textContent = caption[1];
    find('.caption').setAttribute('aria-live', playing ? 'off' : 'polite');
    scrub.value = stop;
    scrub.setAttribute('aria-valuetext', (caption[0] + ' ' + caption[1]).trim());
    root.classList.toggle('playing', playing);
    find('.play').setAttribute('aria-label', playing ? 'Pause' : 'Play');
    lines.forEach(function (line, i) {
      if (story.lined && i + 1 === story.steps[stop]) line.setAttribute('aria-current', 'step');
      else line.removeAttribute('aria-current');
    });
    if (window.parent !== window)
      window.parent.postMessage({
        convreel: 'state', beat: stop + 1, beats: story.stops.length, step: story.steps[stop], playing: playing
      }, '*');
  }

  root.querySelectorAll('[data-do]').forEach(function (button) {
    button.addEventListener('click', function () { commands[button.getAttribute('data-do')](); });
  });
  scrub.addEventListener('input', function () {
    var stop = Number(scrub.value);  // before pause() tells the old place
    pause();
    go(stop);
  });
  find('.speed select').addEventListener('change', function (event) {
    speed = Number(event.target.value);
    schedule();
  });

  var keys = { ' ': 'toggle', ArrowRight: 'next', ArrowLeft: 'previous', Home: 'first', End: 'last' };
  document.addEventListener('keydown', function (event) {
    var target = event.target;
    var own = target.closest('button, select, summary') ? [' '] : [];
    if (target.closest('select')) own = Object.keys(keys);
    if (target.closest('[data-cell]')) return move_focus(event);
    if (event.ctrlKey || event.altKey || event.metaKey || !keys[event.key] || own.indexOf(event.key) >= 0) return;
    event.preventDefault();
    commands[keys[event.key]]();
  });

  window.addEventListener('message', function (event) {
    var message = event.data || {};
    if (typeof message !== 'object' || typeof message.convreel !== 'string') return;
    var to = message.to;
    if (message.convreel === 'step') { pause(); to_step(to); }
    else if (message.convreel === 'beat') { pause(); go(Number(to) - 1 || 0); }
    else if (Object.prototype.hasOwnProperty.call(commands, message.convreel)) commands[message.convreel]();
  });

  quiet.addEventListener('change', function () { if (quiet.matches) pause(); });

  // ---- Cells that belong together. links.layers tells which outputs, taps and inputs meet along each axis; links.views
  // what a drawn cell stands for: by its grid, drawn = origin + spacing * position, or by itself. A tensor's cell is
  // {tensor, ins, outs, at}: its input and output channels, its place as [depth, row, column].

  var asked = -1;  // the actor under the pointer or with the focus

  function own(object, key) { return Object.prototype.hasOwnProperty.call(object, key) ? object[key] : null; }

  /// {layer, id, cells} of an item; null for one that stands for nothing.
  function meaning_of(id) {
    var found = null;
    story.links.views.forEach(function (view) {
      if (id.indexOf(view.prefix) !== 0) return;
      var inner = id.slice(view.prefix.length), layer = story.links.layers[view.layer];
      var cells = own(view.cells, inner) || cells_of_grid(view, inner);
      if (cells) found = { layer: layer, id: inner, cells: cells.map(function (cell) { return tensor_cell(layer, cell); }) };
    });
    return found;
  }

  function cells_of_grid(view, id) {
    var match = /^([^.]+)\.(\d+)((?:\.\d+){2,3})$/.exec(id);
    var grid = match && own(view.grids, match[1]);
    if (!grid) return null;
    var drawn = match[3].slice(1).split('.');
    if (drawn.length < 3) drawn.unshift(0);
    var at = drawn.map(function (place, axis) { return (place - grid.origin[axis]) / grid.spacing[axis]; });
    return [[grid.tensor, grid.channels[match[2]], at]];
  }

  function tensor_cell(layer, cell) {
    var channels = cell[1];
    return {
      tensor: cell[0], at: cell[2],
      ins: channels[0] !== null ? [channels[0]] : joined_channels(layer.inputs, layer.outputs, channels[1]),
      outs: channels[1] !== null ? [channels[1]] : joined_channels(layer.outputs, layer.inputs, channels[0])
    };
  }

  /// The channels in the group of `other`, a channel of the other side; null: all of them.
  function joined_channels(side, other_side, other) {
    var list = [];
    for (var c = 0; c < side[0]; ++c)
      if (other === null || group_of(side, c) === group_of(other_side, other)) list.push(c);
    return list;
  }

  function group_of(side, channel) { return Math.floor(channel / side[1]); }

  /// Calls visit(name) for every cell of `tensor` at a place in those channels.
  function each_name(layer, tensor, ins, outs, at, visit) {
    var place = '.' + at.join('.');
    if (tensor === 'input') ins.forEach(function (i) { visit('input.' + i + place); });
    if (tensor === 'output') outs.forEach(function (o) { visit('output.' + o + place); });
    if (tensor === 'kernel')
      ins.forEach(function (i) {
        outs.forEach(function (o) {
          if (group_of(layer.inputs, i) === group_of(layer.outputs, o)) visit('kernel.' + i + '.' + o + place);
        });
      });
  }

  function mark_cell(group, id, actor) {
    if (!meanings[actor]) return;
    group.setAttribute('data-cell', id);
    group.setAttribute('role', 'img');
    group.setAttribute('tabindex', '-1');
    group.addEventListener('pointerenter', function () { light(actor); });
    group.addEventListener('pointerleave', function () { light(-1); });
    group.addEventListener('focus', function () { light(actor); });
    group.addEventListener('blur', function () { light(-1); });
  }

  function name_cell(actor) {
    var meaning = meanings[actor];
    if (!meaning) return;
    var parts = meaning.id.split('.'), place = parts.slice(-2), channel = +parts[1], cell = meaning.cells[0];
    var itself = meaning.cells.length === 1 && cell.tensor === parts[0];
    if (itself && cell.tensor === 'input') place = cell.at.slice(-2);
    var text = groups[actor].querySelector('text');
    groups[actor].setAttribute('aria-label', parts[0] + ' ' + (itself && channel ? 'channel ' + channel + ' ' : '') +
        'row ' + place[0] + ' column ' + place[1] + (text ? ': ' + text.textContent : ''));
  }

  /// What meets along one axis where a tensor's cell lies `at`.
  function pairs(layer, tensor, at, axis) {
    var found = [];
    layer.hits[axis].forEach(function (hits, out) {
      hits.forEach(function (hit) {
        var pair = { output: out, kernel: hit[0], input: hit[1] };
        if (pair[tensor] === at || (tensor === 'input' && hit[2] === at)) found.push(pair);
      });
    });
    return found;
  }

  /// Adds the names of all that a cell takes part in.
  function add_partners(layer, cell, lit) {
    var along = cell.at.map(function (at, axis) { return pairs(layer, cell.tensor, at, axis); });
    along[0].forEach(function (z) {
      along[1].forEach(function (y) {
        along[2].forEach(function (x) {
          ['input', 'kernel', 'output'].forEach(function (tensor) {
            each_name(layer, tensor, cell.ins, cell.outs, [z[tensor], y[tensor], x[tensor]],
                function (name) { lit[name] = true; });
          });
        });
      });
    });
  }

  /// The names that a cell lights: what it stands for, and what that takes part in unless it is several together.
  function lit_by(meaning) {
    var lit = {};
    var alike = meaning.cells.every(function (cell) { return cell.tensor === meaning.cells[0].tensor; });
    meaning.cells.forEach(function (cell) {
      if (alike) add_partners(meaning.layer, cell, lit);
      each_name(meaning.layer, cell.tensor, cell.ins, cell.outs, cell.at, function (name) { lit[name] = true; });
    });
    return lit;
  }

  /// True when every tensor that a cell stands for has a lit one among them.
  function lights_up(meaning, lit) {
    var tensors = {};
    meaning.cells.forEach(function (cell) {
      tensors[cell.tensor] = tensors[cell.tensor] || false;
      each_name(meaning.layer, cell.tensor, cell.ins, cell.outs, cell.at, function (name) {
        if (lit[name]) tensors[cell.tensor] = true;
      });
    });
    return Object.keys(tensors).every(function (tensor) { return tensors[tensor]; });
  }

  function light(actor) {
    asked = actor;
    var meaning = actor < 0 ? null : meanings[actor];
    var lit = meaning && lit_by(meaning);
    picture.classList.toggle('linking', Boolean(meaning));
    groups.forEach(function (group, i) {
      if (!meanings[i]) return;
      group.classList.toggle('asked', i === actor);
      group.classList.toggle('lit', Boolean(meaning) && i !== actor && meanings[i].layer === meaning.layer &&
          lights_up(meanings[i], lit));
    });
  }

  /// Arrow keys inside the picture go from cell to cell; Escape leaves it.
  function move_focus(event) {
    var by = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
    if (event.key === 'Escape') {
      event.target.blur();
      return;
    }
    if (event.key === ' ') {
      event.preventDefault();
      commands.toggle();
      return;
    }
    if (!by) return;
    event.preventDefault();
    var here = event.target.getBoundingClientRect();
    var best = null, best_cost = Infinity;
    groups.forEach(function (group) {
      if (!group.hasAttribute('data-cell') || group.style.display === 'none' || group === event.target) return;
      var there = group.getBoundingClientRect();
      var dy = there.top - here.top, dx = there.left - here.left;
      var along = dy * by[0] + dx * by[1], aside = Math.abs(dy * by[1]) + Math.abs(dx * by[0]);
      var cost = along + 3 * aside;
      if (along > 1 && cost < best_cost) { best = group; best_cost = cost; }
    });
    if (best) focus_on(best);
  }

  function focus_on(group) {
    groups.forEach(function (other) { if (other.getAttribute('tabindex') === '0') other.setAttribute('tabindex', '-1'); });
    group.setAttribute('tabindex', '0');
    group.focus();
  }

  // ---- Start.

  build();
  scrub.max = story.stops.length - 1;
  root.classList.toggle('bare', query.get('controls') === '0');
  find('.controls').hidden = false;
  show(0);
  var entry = groups.filter(function (group) { return group.hasAttribute('data-cell'); });
  if (entry.length) entry[entry.length - 1].setAttribute('tabindex', '0');
  if (query.has('beat')) go(Number(query.get('beat')) - 1 || 0);
  if (query.has('step')) to_step(query.get('step'));
  var asks = query.has('autoplay') ? query.get('autoplay') !== '0' : !query.has('step') && !query.has('beat');
  if (asks && !quiet.matches) play();
  else tell();
})();
