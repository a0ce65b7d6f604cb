// The player of one story, on a phone in its narrow telling. Data comes from #convreel-story or #convreel-narrow-story:
//   shots     milliseconds each shot stands
//   stops     shots at which stepping halts, one a beat; steps[i] is the counted step there (0: none)
//   captions  [counter, words] of each stop
//   actors    item ids, in paint order
//   pieces    of markup
//   looks     [classes, piece, piece...] that actors take on
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
  var meanings = story.actors.map(meanings_of);
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
      var look = story.looks[state[0]];
      group.innerHTML = look.slice(1).map(function (piece) { return story.pieces[piece]; }).join('');
      group.setAttribute('class', look[0]);
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

  // ---- Cells that belong together. links.layers tells which outputs, taps and inputs meet along each axis, or what each
  // output reads; links.views what a drawn cell stands for: by its grid, drawn = origin + spacing * position, or by itself.
  // A view's layers are a chain: map n is what its layer n reads, and what layer n - 1 gives. A tensor's cell is
  // {layer, stage, tensor, ins, outs, at}: its input and output channels, its place as [depth, row, column].

  var asked = -1;  // the actor under the pointer or with the focus

  function own(object, key) { return Object.prototype.hasOwnProperty.call(object, key) ? object[key] : null; }

  /// A {chain, key, id, cells} for every chain of layers in which an item stands for something.
  function meanings_of(id) {
    var found = [];
    story.links.views.forEach(function (view) {
      if (id.indexOf(view.prefix) !== 0) return;
      var inner = id.slice(view.prefix.length), cells = own(view.cells, inner) || cells_of_grid(view, inner);
      if (!cells) return;
      var chain = view.layers.map(function (number) { return story.links.layers[number]; });
      found.push({
        chain: chain, key: view.layers.join(), id: inner,
        cells: cells.map(function (cell) { return tensor_cell(chain, cell); })
      });
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
    return [[grid.tensor, grid.channels[match[2]], at, grid.stage]];
  }

  function tensor_cell(chain, cell) {
    var channels = cell[1], stage = cell[3] || 0, layer = chain[stage];
    return {
      layer: layer, stage: stage, tensor: cell[0], at: cell[2],
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

  /// The number of the map that a cell of a layer's input or output lies on.
  function map_of(cell, tensor) { return cell.stage + (tensor === 'output' ? 1 : 0); }

  /// Calls visit(name) for every cell of `tensor` at a place in the channels of `cell`.
  function each_name(cell, tensor, at, visit) {
    var place = '.' + at.join('.');
    if (tensor === 'input') cell.ins.forEach(function (i) { visit(map_of(cell, tensor) + '.' + i + place); });
    if (tensor === 'output') cell.outs.forEach(function (o) { visit(map_of(cell, tensor) + '.' + o + place); });
    if (tensor === 'kernel')
      cell.ins.forEach(function (i) {
        cell.outs.forEach(function (o) {
          if (group_of(cell.layer.inputs, i) === group_of(cell.layer.outputs, o))
            visit('kernel' + cell.stage + '.' + i + '.' + o + place);
        });
      });
  }

  function mark_cell(group, id, actor) {
    if (!meanings[actor].length) return;
    group.setAttribute('data-cell', id);
    group.setAttribute('role', 'img');
    group.setAttribute('tabindex', '-1');
    group.addEventListener('pointerenter', function () { light(actor); });
    group.addEventListener('pointerleave', function () { light(-1); });
    group.addEventListener('focus', function () { light(actor); });
    group.addEventListener('blur', function () { light(-1); });
  }

  function name_cell(actor) {
    var meaning = meanings[actor][0];
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

  /// Adds the names of all that a cell takes part in, in its own layer.
  function add_partners(cell, lit) {
    if (!cell.layer.hits) return;
    var along = cell.at.map(function (at, axis) { return pairs(cell.layer, cell.tensor, at, axis); });
    along[0].forEach(function (z) {
      along[1].forEach(function (y) {
        along[2].forEach(function (x) {
          ['input', 'kernel', 'output'].forEach(function (tensor) {
            each_name(cell, tensor, [z[tensor], y[tensor], x[tensor]], function (name) { lit[name] = true; });
          });
        });
      });
    });
  }

  function number_of(cell, shape) { return ((cell[0] * shape[1] + cell[1]) * shape[2] + cell[2]) * shape[3] + cell[3]; }

  function cell_of(number, shape) {
    var cell = [];
    for (var axis = 3; axis >= 0; --axis) {
      cell[axis] = number % shape[axis];
      number = Math.floor(number / shape[axis]);
    }
    return cell;
  }

  /// Of a layer without a window, what each input goes into: `reads` the other way round.
  function fed(layer) {
    if (layer.feeds) return layer.feeds;
    layer.feeds = {};
    layer.reads.forEach(function (sources, output) {
      sources.forEach(function (input) { (layer.feeds[input] = layer.feeds[input] || []).push(output); });
    });
    return layer.feeds;
  }

  /// The places along an axis that one place of the other side is joined with.
  function joined_places(layer, axis, at, back) {
    var places = [];
    layer.hits[axis].forEach(function (hits, out) {
      hits.forEach(function (hit) {
        if (hit[2] !== null && (back ? out : hit[2]) === at) places.push(back ? hit[2] : out);
      });
    });
    return places;
  }

  /// The cells [channel, depth, row, column] that an output of a layer was made from; not `back`: that an input goes into.
  function neighbours(layer, cell, back) {
    if (layer.reads) {
      var numbers = back ? layer.reads[number_of(cell, layer.shape)] : fed(layer)[number_of(cell, layer.input)] || [];
      return numbers.map(function (number) { return cell_of(number, back ? layer.input : layer.shape); });
    }
    var side = back ? layer.inputs : layer.outputs, other = back ? layer.outputs : layer.inputs;
    var along = [0, 1, 2].map(function (axis) { return joined_places(layer, axis, cell[axis + 1], back); });
    var found = [];
    joined_channels(side, other, cell[0]).forEach(function (c) {
      along[0].forEach(function (z) {
        along[1].forEach(function (y) { along[2].forEach(function (x) { found.push([c, z, y, x]); }); });
      });
    });
    return found;
  }

  /// Adds the names of all that the cells of a map were made from, or go into, from layer to layer.
  function add_cone(chain, map, cells, back, lit) {
    while (back ? map > 0 : map < chain.length) {
      var layer = chain[back ? map - 1 : map], next = {};
      cells.forEach(function (cell) {
        neighbours(layer, cell, back).forEach(function (other) { next[other.join('.')] = other; });
      });
      map += back ? -1 : 1;
      cells = Object.keys(next).map(function (key) {
        lit[map + '.' + key] = true;
        return next[key];
      });
    }
  }

  /// The names that a cell lights: what it stands for, and what that takes part in unless it is several together.
  function lit_by(meaning) {
    var lit = {};
    var alike = meaning.cells.every(function (cell) { return cell.tensor === meaning.cells[0].tensor; });
    meaning.cells.forEach(function (cell) {
      each_name(cell, cell.tensor, cell.at, function (name) { lit[name] = true; });
      if (!alike) return;
      add_partners(cell, lit);
      if (cell.tensor === 'kernel') return;
      var cells = (cell.tensor === 'input' ? cell.ins : cell.outs).map(function (c) { return [c].concat(cell.at); });
      [true, false].forEach(function (back) { add_cone(meaning.chain, map_of(cell, cell.tensor), cells, back, lit); });
    });
    return lit;
  }

  /// True when every tensor that a cell stands for has a lit one among them.
  function lights_up(meaning, lit) {
    var tensors = {};
    meaning.cells.forEach(function (cell) {
      tensors[cell.tensor] = tensors[cell.tensor] || false;
      each_name(cell, cell.tensor, cell.at, function (name) {
        if (lit[name]) tensors[cell.tensor] = true;
      });
    });
    return Object.keys(tensors).every(function (tensor) { return tensors[tensor]; });
  }

  function light(actor) {
    asked = actor;
    var lit = {};  // by chain of layers
    if (actor >= 0) meanings[actor].forEach(function (meaning) { lit[meaning.key] = lit_by(meaning); });
    picture.classList.toggle('linking', actor >= 0 && meanings[actor].length > 0);
    groups.forEach(function (group, i) {
      if (!meanings[i].length) return;
      group.classList.toggle('asked', i === actor);
      group.classList.toggle('lit', i !== actor && meanings[i].some(function (meaning) {
        return own(lit, meaning.key) !== null && lights_up(meaning, lit[meaning.key]);
      }));
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
