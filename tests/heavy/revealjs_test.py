"""The snippet of `--for revealjs` in a reveal.js page in Chromium: the video plays on its slide, every press of the arrow is
a step of the player, and back. Needs chromium, and `npm ci` in this folder. Usage: revealjs_test.py PATH-OF-CONVREEL"""
import functools
import http.server
import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>test</title>
<link rel="stylesheet" href="reveal/dist/reveal.css"></head><body><div class="reveal"><div class="slides">
%s</div></div><script src="reveal/dist/reveal.js"></script><script>
var states = [], waiting = null;
window.addEventListener('message', function (event) {
  if (!event.data || event.data.convreel !== 'state') return;
  states.push(event.data);
  if (waiting) { var done = waiting; waiting = null; done(event.data); }
});
function next_state() { return new Promise(function (done) { waiting = done; }); }
function event_of(target, name) { return new Promise(function (done) { target.addEventListener(name, done, {once: true}); }); }
// A player that is told to go somewhere first says that it pauses, then where it is.
var last = 1;
async function beat_after(step) {
  var told = next_state();
  step();
  for (;;) {
    var state = await told;
    if (state.beat !== last) return last = state.beat;
    told = next_state();
  }
}
Reveal.initialize({transition: 'none'}).then(async function () {
  var video = document.querySelector('video');
  if (!(video.currentTime > 0)) await event_of(video, 'timeupdate');
  var result = {video: {width: video.videoWidth, paused: video.paused, loop: video.loop, label: video.ariaLabel}};
  var loaded = next_state();
  Reveal.slide(1);
  var first = await loaded;
  result.beats = first.beats;
  result.fragments = document.querySelectorAll('.fragment').length;
  result.shown = [first.beat];
  for (var i = 0; i < 3; ++i) result.shown.push(await beat_after(function () { Reveal.next(); }));
  result.shown.push(await beat_after(function () { Reveal.prev(); }));
  result.title = document.querySelector('iframe').title;
  await fetch('result', {method: 'POST', body: JSON.stringify(result)});
});
</script>%s</body></html>
"""


class Server(http.server.SimpleHTTPRequestHandler):
    results = queue.Queue()

    def do_POST(self):
        self.results.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def main(binary):
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    assert chromium, "no chromium"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        snippet = subprocess.run([binary, "conv2d", "-s", "2", "-p", "1", "--step", "0.2s", "-o", "talk/conv", "--for", "revealjs",
                                  "-q"], cwd=folder, check=True, stdout=subprocess.PIPE).stdout.decode()
        at = snippet.index("<!-- Once a page")
        with open(os.path.join(folder, "index.html"), "w") as page:
            page.write(PAGE % (snippet[:at], snippet[at:]))
        os.symlink(os.path.join(HERE, "node_modules", "reveal.js"), os.path.join(folder, "reveal"))
        assert os.path.exists(os.path.join(folder, "reveal", "dist")), "npm ci in tests/heavy comes first"
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Server, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = subprocess.Popen([chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--mute-audio",
                                    "--autoplay-policy=no-user-gesture-required", "--user-data-dir=%s/profile" % folder,
                                    "--window-size=1280,800", "http://127.0.0.1:%d/index.html" % server.server_port],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            result = Server.results.get(timeout=120)
        finally:
            browser.terminate()
            browser.wait(30)
            server.shutdown()
    video = result["video"]
    assert video["width"] == 1920 and video["loop"] and not video["paused"], video
    assert "3×3 kernel" in video["label"] and "3×3 kernel" in result["title"], result
    assert result["fragments"] == result["beats"] - 1, result
    assert result["shown"] == [1, 2, 3, 4, 3], result
    print("the video plays, %d beats step forth and back" % result["beats"])


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
