// Appended to the page that --watch serves: loads it anew when there is something new, and says what went wrong.
(() => {
  const { version, events } = document.currentScript.dataset;
  const bar = document.createElement('pre');
  bar.id = 'live';
  bar.setAttribute('role', 'status');
  bar.style.cssText = 'position:fixed;z-index:9;left:0;right:0;bottom:0;margin:0;padding:10px 20px;max-height:40vh;overflow:auto;'
    + 'white-space:pre-wrap;font:14px/1.45 ui-monospace,"DejaVu Sans Mono",monospace;color:#fff;background:#7a1f12';
  bar.hidden = true;
  bar.style.display = 'none';
  document.body.append(bar);
  const say = (text, failed) => {
    bar.textContent = text;
    bar.hidden = !text;
    bar.style.display = text ? '' : 'none';
    bar.style.background = failed ? '#7a1f12' : '#26323f';
  };
  const source = new EventSource(events);
  const on = (name, act) => source.addEventListener(name, (event) => (event.lastEventId === version ? act(event.data) : location.reload()));
  on('ready', () => say(''));
  on('busy', () => say('at work ...'));
  on('failed', (text) => say(text, true));
  source.addEventListener('error', () => say('convreel has ended'));
})();
