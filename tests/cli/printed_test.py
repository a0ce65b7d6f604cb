"""What is printed from the tables: lists, completions, the committed reference pages."""
import os
import shutil
import subprocess

import support

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


class Printed(support.Case):
    def test_lists(self):
        expected = {"layers": "conv-transpose2d", "views": "zero-insertion", "formats": "mp4", "themes": "article",
                    "presets": "article/transposed-s2p1", "kernels": "sobel-x"}
        for what, name in expected.items():
            with self.subTest(what):
                names = [line.split()[0] for line in self.ok("list", what).stdout.decode().splitlines()]
                self.assertIn(name, names)
                rows = support.load_json(self.ok("list", what, "--json").stdout)
                self.assertEqual([row["name"] for row in rows], names)

    def test_timings_add_up_to_the_total(self):
        for jobs in ("1", "2"):
            told = self.ok("conv2d", "-o", "a.mp4:scale=1", "-o", "a.gif", "-j", jobs, "--timings").stderr.decode()
            times = {line.split(" ms  ")[1]: float(line.split(" ms  ")[0]) for line in told.splitlines() if " ms  " in line}
            total, cpu = times.pop("total"), times.pop("of CPU on all threads")
            self.assertLessEqual({"mp4", "gif", "scenes and painting"}, set(times))
            self.assertLessEqual(sum(times.values()), total + 1, told)
            self.assertGreater(min(*times.values(), cpu), -0.1, told)

    def test_doctor(self):
        report = support.load_json(self.ok("doctor", "--json").stdout)
        formats = {row["format"]: row["available"] for row in report["formats"]}
        self.assertTrue(formats["gif"] and formats["mp4"])
        self.assertTrue(report["fonts"])
        self.assertIn("libav", report["ffmpeg"])
        text = self.ok("doctor").stdout.decode()
        self.assertIn("Fonts", text)
        boxed = report["scripts-without-font"]
        self.assertTrue(all(script["package"].startswith("fonts-") for script in boxed))
        for script in boxed:
            self.assertIn(script["script"], text)
            self.assertIn(script["package"], text)


    def test_doctor_tells_what_a_missing_module_costs(self):
        modules = os.path.join(os.path.dirname(support.BINARY), "..", "lib")
        bare = shutil.copy(support.BINARY, self.path("convreel"))
        for there, media, pptx in (("convreel-zip.so", "no: FFmpeg cannot be used", "only with :slides=steps or :media=gif"),
                                   ("convreel-libav.so", "yes (libx264)", "no: libzip cannot be used")):
            with self.subTest(there):
                shutil.copy(os.path.join(modules, there), self.folder)
                run = subprocess.run([bare, "doctor"], env={"PATH": os.environ["PATH"]}, capture_output=True, timeout=60)
                rows = dict(line.split(None, 1) for line in run.stdout.decode().splitlines() if line.startswith("  "))
                self.assertEqual(run.returncode, 5, run.stderr)
                self.assertEqual((rows["gif"], rows["mp4"]), ("yes", media))
                self.assertIn(pptx, rows["pptx"])
                os.remove(self.path(there))

    def test_a_machine_without_fonts_is_told(self):
        os.makedirs(os.path.join(self.folder, "none"))
        conf = os.path.join(self.folder, "fonts.conf")
        with open(conf, "w") as file:
            file.write(f"<?xml version='1.0'?><fontconfig><dir>{self.folder}/none</dir></fontconfig>")
        for arguments in (("conv2d", "-o", "a.png"), ("doctor",)):
            with self.subTest(arguments):
                run = self.run_tool(*arguments, environment={"FONTCONFIG_FILE": conf})
                self.assertEqual(run.returncode, 5, run.stderr)
                self.assertIn(b"fonts-dejavu-core", run.stderr)
        self.assertFalse(os.path.exists(os.path.join(self.folder, "a.png")))
        self.assertEqual(self.run_tool("conv2d", "-o", "a.txt", environment={"FONTCONFIG_FILE": conf}).returncode, 0)

    def test_a_title_that_no_font_has_is_told(self):
        run = self.ok("conv2d", "-i", "3", "--title", "\U00013080", "-o", "a.png")
        self.assertIn("no font on this machine has \U00013080", run.stderr.decode())

    def test_reference_pages_are_what_is_printed(self):
        for page, name in (("commands", "commands.md"), ("exit-codes", "exit-codes.md"), ("limits", "limits.md"), ("man", "convreel.1")):
            with open(os.path.join(ROOT, "docs", "reference", name), "rb") as file:
                self.assertEqual(self.ok("reference", page).stdout == file.read(), True,
                                 "docs/reference/%s is old: convreel reference %s > docs/reference/%s" % (name, page, name))

    def test_bash_completions(self):
        script = self.write("c.bash", self.ok("completions", "bash").stdout)
        subprocess.run(["bash", "-n", script], check=True)
        ask = ('source %s; COMP_WORDS=(convreel %s); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _convreel; '
               'printf "%%s\\n" "${COMPREPLY[@]}"')

        def answers(words):
            done = subprocess.run(["bash", "-c", ask % (script, words)], stdout=subprocess.PIPE, check=True)
            return done.stdout.decode().split()

        self.assertIn("transpose", answers("tr"))
        self.assertIn("--kernel-size", answers("conv2d --kern"))
        self.assertEqual(answers("conv2d --motion sm"), ["smooth"])
        self.assertIn("article", answers("render --theme art"))
        self.assertIn("formats", answers("list form"))

    def test_other_shells(self):
        for shell in ("zsh", "fish"):
            script = self.write("c." + shell, self.ok("completions", shell).stdout)
            self.assertIn(b"kernel-size", self.read("c." + shell))
            if shutil.which(shell):
                subprocess.run([shell, "-n", script], check=True)

    def test_man_page(self):
        page = self.ok("reference", "man").stdout
        self.assertTrue(page.startswith(b".TH CONVREEL 1"))
        if shutil.which("man"):
            done = subprocess.run(["man", "--warnings", "-l", self.write("convreel.1", page)], stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, env={**os.environ, "MANPAGER": "cat", "LC_ALL": "C.UTF-8"})
            self.assertEqual(done.stderr, b"")


if __name__ == "__main__":
    support.main()
