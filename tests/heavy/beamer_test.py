"""Both Beamer documents of `--for beamer` built by pdflatex: one overlay a step, and the animation with its JavaScript.
Needs texlive-latex-extra, texlive-pictures, poppler-utils and qpdf. Usage: beamer_test.py PATH-OF-CONVREEL"""
import os
import re
import subprocess
import sys
import tempfile

STEPS = 9  # conv2d -s 2 -p 1 --chapters none: nine steps and the result


def built(folder, snippet):
    lines = snippet.splitlines()
    preamble = [line for line in lines if line.startswith("\\usepackage")]
    body = [line for line in lines if not line.startswith("\\usepackage")]
    with open(os.path.join(folder, "talk.tex"), "w") as file:
        file.write("\n".join(["\\documentclass{beamer}", *preamble, "\\begin{document}", *body, "\\end{document}", ""]))
    for _ in range(2):
        subprocess.run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "talk.tex"], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL, timeout=300)
    return os.path.join(folder, "talk.pdf")


def main(binary):
    with tempfile.TemporaryDirectory() as folder:
        snippet = subprocess.run([binary, "conv2d", "-s", "2", "-p", "1", "--chapters", "none", "-o", "talk_a/conv_1", "--for",
                                  "beamer", "-q"], cwd=folder, check=True, stdout=subprocess.PIPE).stdout.decode()
        pdf = built(folder, snippet)
        pages = int(re.search(r"Pages:\s+(\d+)", subprocess.check_output(["pdfinfo", pdf]).decode()).group(1))
        assert pages == STEPS + 2, "%d pages: wanted %d overlays, the result and the animation" % (pages, STEPS)
        for step in range(1, STEPS + 1):
            text = subprocess.check_output(["pdftotext", "-f", str(step), "-l", str(step), pdf, "-"]).decode()
            assert "step %d of %d" % (step, STEPS) in text, "overlay %d shows: %s" % (step, text)
        plain = subprocess.check_output(["qpdf", "--qdf", "--object-streams=disable", pdf, "-"])
        assert b"/JavaScript" in plain, "the animation has no script"
    print("%d overlays and an animation" % (STEPS + 1))


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
