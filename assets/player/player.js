// The player of one story. Data comes from #convreel-story:
//   shots     milliseconds each shot stands
//   stops     shots at which stepping halts, one a beat; steps[i] is the counted step there (0: none)
//   captions  [counter, words] of each stop
//   actors    item ids, in paint order
//   looks     [classes, markup] that actors take on
//   changes   per shot: [actor, look, x, y, opacity], or [actor] for one that leaves
//   lined     whether line n of the transcript tells of step n
//   links     which cells belong together, per axis; null where a view has none
(function () {
  'use strict';

  var root = document.querySelector('.convreel');
  var story = JSON.parse(document.getElementById('convreel-story').textContent);
  var picture = root.querySelector('figure > svg');
  var stage = picture.querySelector('[data-stage]');
  var query = new URLSearchParams(location.search);
  var quiet = matchMedia('(prefers-reduced-motion: reduce)');

  function find(selector) { return root.querySelector(selector); }

  // ---- The picture: every actor is a group that stays; shots change what it shows.

  var scope = picture.id;
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

  // ---- Cells that belong together. Ids are "grid.channel.row.column", rows and columns as drawn. links.joins tells
  // which of input, kernel and output a cell of another grid stands for.

  var asked = -1;  // the actor under the pointer or with the focus
  var actor_of = {};
  var links = story.links;

  function parse(id) {
    var match = /^(input|output|kernel)\.(\d+)\.(\d+)\.(\d+)$/.exec(id);
    return match && links ? { grid: match[1], c: +match[2], y: +match[3], x: +match[4] } : null;
  }

  function stands_for(id) { return links && Object.prototype.hasOwnProperty.call(links.joins, id) ? links.joins[id] : null; }

  function mark_cell(group, id, actor) {
    if (!parse(id) && !stands_for(id)) return;
    if (actor_of[id] === undefined) actor_of[id] = actor;
    group.setAttribute('data-cell', id);
    group.setAttribute('role', 'img');
    group.setAttribute('tabindex', '-1');
    group.addEventListener('pointerenter', function () { light(actor); });
    group.addEventListener('pointerleave', function () { light(-1); });
    group.addEventListener('focus', function () { light(actor); });
    group.addEventListener('blur', function () { light(-1); });
  }

  function name_cell(actor) {
    var id = story.actors[actor];
    var cell = parse(id);
    var text = groups[actor].querySelector('text');
    if (stands_for(id))
      groups[actor].setAttribute('aria-label', id.replace(/\.\d+/, '').replace('.', ' row ').replace('.', ' column ') +
          (text ? ': ' + text.textContent : ''));
    if (!cell) return;
    var place = cell.grid === 'input' ? [looked(cell.y, 0), looked(cell.x, 1)] : [cell.y, cell.x];
    groups[actor].setAttribute('aria-label', cell.grid + ' ' + (cell.c ? 'channel ' + cell.c + ' ' : '') +
        'row ' + place[0] + ' column ' + place[1] + (text ? ': ' + text.textContent : ''));
  }

  /// A drawn row (axis 0) or column (axis 1) as a position of the input; a fraction between two inputs.
  function looked(drawn, axis) { return (drawn - links.origin[axis]) / links.spacing[axis]; }
  function drawn(position, axis) { return links.origin[axis] + links.spacing[axis] * position; }

  /// Calls visit(output position, tap, position looked at) for every pair of one axis.
  function each_pair(axis, accept, visit) {
    links.hits[axis].forEach(function (hits, out) {
      hits.forEach(function (hit) { if (accept(out, hit[0], hit[1], hit[2])) visit(out, hit[0], hit[1]); });
    });
  }

  function tap_at(place, axis) { return links.turned ? links.kernel[axis] - 1 - place : place; }

  function same_group(input, output) {
    return Math.floor(input / links.inputs) === Math.floor(output / links.outputs);
  }

  function channels(cell, count, other) {
    var list = [];
    for (var c = 0; c < count; ++c)
      if (other ? same_group(c, cell.c) : same_group(cell.c, c)) list.push(c);
    return list;
  }

  /// The pairs of one axis that a cell at `at` of `grid` takes part in.
  function pairs(grid, at, axis) {
    var found = [];
    var wanted = grid === 'input' ? looked(at, axis) : grid === 'kernel' ? tap_at(at, axis) : at;
    each_pair(axis, function (out, tap, look, read) {
      return wanted === (grid === 'output' ? out : grid === 'kernel' ? tap : look) || (grid === 'input' && wanted === read);
    }, function (out, tap, look) { found.push({ output: out, kernel: tap_at(tap, axis), input: drawn(look, axis) }); });
    return found;
  }

  function partners(cell) {
    var ids = {};
    var ins = cell.grid === 'output' ? channels(cell, links.channels[0], true) : [cell.c];
    var outs = cell.grid === 'output' ? [cell.c] : channels(cell, links.channels[1], false);
    var rows = pairs(cell.grid, cell.y, 0), columns = pairs(cell.grid, cell.x, 1);
    rows.forEach(function (row) {
      columns.forEach(function (column) {
        ins.forEach(function (c) {
          ids[['input', c, row.input, column.input].join('.')] = true;
          ids[['kernel', c, row.kernel, column.kernel].join('.')] = true;
        });
        outs.forEach(function (c) { ids[['output', c, row.output, column.output].join('.')] = true; });
      });
    });
    return ids;
  }

  function light(actor) {
    asked = actor;
    var own = actor < 0 ? null : story.actors[actor];
    var lit = own ? lit_by(own) : {};
    picture.classList.toggle('linking', Boolean(own));
    groups.forEach(function (group, i) {
      var id = group.getAttribute('data-cell');
      if (!id) return;
      group.classList.toggle('asked', i === actor);
      group.classList.toggle('lit', i !== actor && (Boolean(lit[id]) || joined(id, lit)));
    });
  }

  /// The cells that an id lights, among them what it stands for. What stands for one cell does as that cell does.
  function lit_by(id) {
    var others = stands_for(id);
    var ids = others && others.length > 1 ? {} : partners(parse(others ? others[0] : id));
    (others || [id]).forEach(function (other) { ids[other] = true; });
    return ids;
  }

  /// A cell that stands for others is lit when every grid among them has a lit one.
  function joined(id, lit) {
    var others = stands_for(id);
    if (!others) return false;
    var grids = {};
    others.forEach(function (other) {
      var grid = other.split('.')[0];
      grids[grid] = grids[grid] || Boolean(lit[other]);
    });
    return Object.keys(grids).every(function (grid) { return grids[grid]; });
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
