"""--watch end to end: what is made again after which change, what the live page tells, what its server refuses."""
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import threading
import time

import support

PATIENCE = 60
SMALL = 'layer = "conv2d"\nsize = "240x160"\nchapters = "none"\n'


class Watching:
    """A running convreel --watch and what it has said so far."""

    def __init__(self, folder, *arguments):
        command = [support.BINARY, *arguments, "--watch", "--port", "0"]
        self.process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.said = ""
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        for line in self.process.stderr:
            self.said += line

    def wait(self, what, ready):
        end = time.monotonic() + PATIENCE
        while not ready():
            if time.monotonic() > end or self.process.poll() is not None:
                raise AssertionError("%s did not come; it said:\n%s" % (what, self.said))
            time.sleep(0.02)

    def wait_said(self, text, times=1):
        self.wait(repr(text), lambda: self.said.count(text) >= times)

    def port(self):
        self.wait_said("shows what is made")
        return int(re.search(r"127\.0\.0\.1:(\d+)/", self.said)[1])

    def get(self, path, method="GET", headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port(), timeout=PATIENCE)
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def status(self, path, **more):
        return self.get(path, **more)[0].status

    def raw(self, text):
        with socket.create_connection(("127.0.0.1", self.port()), timeout=PATIENCE) as line:
            line.sendall(text)
            line.shutdown(socket.SHUT_WR)
            return line.makefile("rb").read()

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=PATIENCE)
        self.reader.join()
        self.process.stderr.close()
        return code


class Events:
    """A listener as the page's script is one: (event, page, text) in the order in which they came."""

    def __init__(self, watching):
        self.line = socket.create_connection(("127.0.0.1", watching.port()), timeout=PATIENCE)
        self.line.sendall(b"GET /.convreel/events HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % watching.port())
        self.lines = self.line.makefile("r")

    def next(self, *kinds):
        """The next event of one of these kinds."""
        event, end = {}, time.monotonic() + PATIENCE
        for line in self.lines:
            if time.monotonic() > end:  # comments keep the line awake
                raise AssertionError("no %s came" % " or ".join(kinds))
            key, _, value = line.rstrip("\n").partition(": ")
            if key == "data":
                event[key] = event[key] + "\n" + value if key in event else value
            elif line != "\n":
                event[key] = value
            elif event.get("event") in kinds:
                return event
            else:
                event = {}
        raise AssertionError("the events ended")

    def close(self):
        self.lines.close()
        self.line.close()


class WatchCase(support.Case):
    def watch(self, *arguments):
        watching = Watching(self.folder, *arguments)
        self.addCleanup(watching.end)
        return watching

    def listen(self, watching):
        events = Events(watching)
        self.addCleanup(events.close)
        return events

    def save_by_renaming(self, name, text):
        self.write(name + "~", text)
        os.rename(self.path(name + "~"), self.path(name))


class Animations(WatchCase):
    def test_data_job_and_theme_files_are_followed(self):
        self.write("x.csv", "1,2\n3,4\n")
        self.write("mine.toml", self.theme("#ffffff"))
        self.write("job.toml", SMALL + 'kernel-size = 2\ninput-values = "x.csv"\ntheme = "mine.toml"\n')
        watching = self.watch("render", "job.toml", "-o", "a.gif", "-o", "a.json")
        events = self.listen(watching)
        first = events.next("ready")["id"]
        self.assertEqual(support.load_json(self.read("a.json"))["input"]["values"], [1, 2, 3, 4])
        self.save_by_renaming("x.csv", "1,2\n3,9\n")
        second = self.next_page(events, first)
        self.assertEqual(support.load_json(self.read("a.json"))["input"]["values"], [1, 2, 3, 9])
        before = self.read("a.gif")
        self.write("mine.toml", self.theme("#101820"))
        third = self.next_page(events, second)
        self.assertEqual(self.read("a.gif") == before, False)
        self.write("job.toml", SMALL + 'kernel-size = 1\ninput-values = "x.csv"\ntheme = "mine.toml"\n')
        self.next_page(events, third)
        self.assertEqual(support.load_json(self.read("a.json"))["kernel"]["shape"], [1, 1, 1, 1])
        self.assertEqual(watching.get("/files/0/a.gif")[1] == self.read("a.gif"), True)
        self.assertEqual(watching.end(), 130)

    def next_page(self, events, old):
        while (event := events.next("ready"))["id"] == old:
            pass
        return event["id"]

    @staticmethod
    def theme(ground):
        path = os.path.join(os.path.dirname(__file__), "../../assets/themes/light.toml")
        with open(path) as file:
            return re.sub(r'(?m)^(background +=.*fill = )"[^"]*"', r'\1"%s"' % ground, file.read())

    def test_goes_on_after_an_error(self):
        self.write("job.toml", "layer = ")
        watching = self.watch("render", "job.toml", "-o", "a.json")
        events = self.listen(watching)
        self.assertIn("job.toml:1", events.next("failed")["data"])
        watching.wait_said("error: job.toml:1")
        self.write("job.toml", SMALL + 'input-values = "later.csv"\n')
        self.assertIn("later.csv", events.next("failed")["data"])
        self.write("later.csv", "1,2,3\n4,5,6\n7,8,9\n")
        events.next("ready")
        self.assertEqual(support.load_json(self.read("a.json"))["input"]["values"], [1, 2, 3, 4, 5, 6, 7, 8, 9])
        self.assertEqual(watching.said.count("error: "), 2, watching.said)

    def test_only_the_job_that_changed_is_made_again(self):
        for name in ("one", "two"):
            self.write(name + ".toml", SMALL)
        watching = self.watch("render", "one.toml", "two.toml", "-o", "{name}.gif")
        watching.wait_said("wrote two.gif")
        self.write("two.toml", SMALL + "stride = 2\n")
        watching.wait_said("wrote two.gif", 2)
        self.write("one.toml", SMALL)  # saved without a change
        self.write("two.toml", SMALL + "stride = 1\n")
        watching.wait_said("wrote two.gif", 3)
        self.assertEqual(watching.said.count("wrote one.gif"), 1, watching.said)

    def test_compared_layers_are_followed(self):
        self.write("x.csv", "1,2,3\n4,5,6\n7,8,9\n")
        watching = self.watch("compare", "conv2d -k 2 --input-values x.csv", "conv2d -i 3 -k 2", "--size", "320x160",
                              "--steps", "1..2", "-o", "a.gif")
        watching.wait_said("wrote a.gif")
        before = self.read("a.gif")
        self.write("x.csv", "1,2,3\n4,0,6\n7,8,9\n")
        watching.wait_said("wrote a.gif", 2)
        self.assertEqual(self.read("a.gif") == before, False)

    def test_refusals(self):
        self.refused(2, "conv2d", "-o", "a.gif", "--watch", says="nothing to watch")
        self.refused(2, "conv2d", "-o", "a.gif", "--port", "80", says="add --watch")
        self.write("x.csv", "1,2,3\n4,5,6\n7,8,9\n")
        self.refused(2, "conv2d", "--input-values", "x.csv", "-o", "a.gif", "--watch", "--port", "70000", says="65535")
        for other in ("--dry-run", "--emit-jobs", "--shard=1/2"):
            self.refused(2, "sweep", "conv2d", "--input-values", "x.csv", "-L", "kernel_size=1,2", "-o", "o/{i}.gif", "--watch",
                         other, says="has no meaning with it")
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            self.refused(1, "conv2d", "--input-values", "x.csv", "-o", "a.gif", "--watch", "--port", port, says="cannot listen")


class Sweeps(WatchCase):
    def test_only_the_cases_that_read_the_file_are_made_again(self):
        for name in ("one", "two"):
            self.write(name + ".csv", "1,2\n3,4\n")
        self.write("sweep.toml", SMALL + 'kernel-size = 1\noutput = "out/{i}.gif"\n'
                   '[axes]\ninput-values = ["one.csv", "two.csv"]\nstride = [1, 2]\n')
        watching = self.watch("sweep", "sweep.toml")
        watching.wait_said("4 done")
        answer, page = watching.get("/index.html")
        self.assertEqual(answer.status, 200)
        self.assertIn(b'id="case-4"', page)
        for name in re.findall(rb'(?:href|src)="([^":]+)"', page):
            self.assertEqual(watching.status("/" + name.decode()), 200, name)
        self.save_by_renaming("two.csv", "1,2\n3,5\n")
        watching.wait_said("2 done, 2 kept")
        self.write("sweep.toml", SMALL + 'kernel-size = 1\noutput = "out/{i}.gif"\n'
                   '[axes]\ninput-values = ["one.csv"]\nstride = [1, 2]\n')
        watching.wait_said("0 done, 2 kept")
        self.assertEqual(len(json.loads(self.read("out/manifest.json"))["cases"]), 2)
        self.assertEqual(len([n for n in self.files() if n.startswith("out/posters/")]), 2)
        self.assertEqual(watching.end(), 130)


class Server(WatchCase):
    def setUp(self):
        super().setUp()
        self.write("x.csv", "1,2,3\n4,5,6\n7,8,9\n")
        self.write("secret.txt", "secret")
        self.watching = self.watch("conv2d", "--input-values", "x.csv", "--steps", "1", "--size", "240x160", "-o", "a.gif")
        self.watching.wait_said("wrote a.gif")

    def test_gives_out_the_page_and_what_was_made(self):
        self.assertEqual(self.watching.get("/")[0].getheader("Location"), "/index.html")
        answer, page = self.watching.get("/index.html")
        self.assertIn(b"files/0/a.gif", page)
        self.assertIn("default-src 'self'", answer.getheader("Content-Security-Policy"))
        answer, body = self.watching.get("/files/0/a.gif")
        self.assertEqual(answer.getheader("Content-Type"), "image/gif")
        self.assertEqual(body == self.read("a.gif"), True)

    def test_ranges(self):
        whole = self.read("a.gif")
        for wanted, part in (("0-9", whole[:10]), ("5-", whole[5:]), ("-7", whole[-7:]), ("3-99999999", whole[3:])):
            answer, body = self.watching.get("/files/0/a.gif", headers={"Range": "bytes=" + wanted})
            self.assertEqual((answer.status, body == part), (206, True), wanted)
        for wanted in ("99999999-", "9-3", "-0"):
            self.assertEqual(self.watching.status("/files/0/a.gif", headers={"Range": "bytes=" + wanted}), 416, wanted)
        for wanted in ("bytes=", "lines=1-2", "bytes=x-y", "bytes=99999999999999999999-"):
            self.assertEqual(self.watching.status("/files/0/a.gif", headers={"Range": wanted}), 200, wanted)

    def test_nothing_else_can_be_named(self):
        for path in ("/secret.txt", "/../secret.txt", "/files/0/../../secret.txt", "/files/0/%2e%2e/%2e%2e/secret.txt",
                     "/..%2fsecret.txt", "//etc/passwd", "/" + self.path("secret.txt"), "/files/0/", "/x.csv"):
            answer, body = self.watching.get(path)
            self.assertEqual((answer.status, b"secret" in body), (404, False), path)

    def test_other_sites_are_refused(self):
        port = self.watching.port()
        for host in ("evil.example", "evil.example:%d" % port, "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:%d" % port):
            self.assertEqual(self.watching.status("/", headers={"Host": host}), 403, host)
        self.assertEqual(self.watching.status("/", headers={"Host": "LOCALHOST:%d" % port}), 302)

    def test_hostile_requests(self):
        host = b"Host: 127.0.0.1:%d\r\n" % self.watching.port()
        for code, text in ((405, b"POST / HTTP/1.1\r\n" + host + b"\r\n"), (405, b"HEAD / HTTP/1.1\r\n" + host + b"\r\n"),
                           (400, b"GET / HTTP/1.1\r\n\r\n"), (400, b"GET / HTTP/1.1\r\n" + host + host + b"\r\n"),
                           (400, b"GET\r\n\r\n"), (400, b"GET /%zz HTTP/1.1\r\n" + host + b"\r\n"),
                           (400, b"GET /a%00b HTTP/1.1\r\n" + host + b"\r\n"), (400, b"\0\1\2\r\n\r\n"),
                           (400, b"GET / HTTP/1.1\r\nno colon\r\n" + host + b"\r\n"),
                           (400, b"GET http://127.0.0.1/ HTTP/1.1\r\n" + host + b"\r\n"),
                           (431, b"GET /" + b"a" * 9000)):
            self.assertEqual(self.watching.raw(text)[9:12], b"%d" % code, text[:40])
        self.assertEqual(self.watching.raw(b"GET / HT"), b"")
        self.assertEqual(self.watching.status("/index.html"), 200)

    def test_more_connections_than_it_takes(self):
        crowd = [socket.create_connection(("127.0.0.1", self.watching.port()), timeout=PATIENCE) for _ in range(100)]
        for one in crowd:
            one.close()
        self.watching.wait("room", lambda: self.answers())
        self.assertEqual(self.watching.status("/index.html"), 200)

    def answers(self):
        try:
            return self.watching.status("/index.html") == 200
        except OSError:
            return False
        except http.client.HTTPException:
            return False


if __name__ == "__main__":
    support.main()
