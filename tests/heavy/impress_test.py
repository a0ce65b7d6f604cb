"""Presentations opened by LibreOffice: the number of slides, the poster, GIF and steps drawn where they belong, alt text
kept. Needs libreoffice-impress, poppler-utils. Usage: impress_test.py PATH-OF-CONVREEL"""
import os
import re
import subprocess
import sys
import tempfile
import zipfile


def office(folder, form, *files):
    # A profile of its own: a running office of the user's would be talked to instead.
    subprocess.run(["soffice", "-env:UserInstallation=file://" + os.path.join(folder, "profile"), "--headless",
                    "--convert-to", form, "--outdir", folder, *files], cwd=folder, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, timeout=300)


def pages(pdf):
    return int(re.search(r"Pages:\s+(\d+)", subprocess.check_output(["pdfinfo", pdf]).decode()).group(1))


def colours(pdf):
    """Colours of the first page, to see that something is drawn."""
    pixels = subprocess.check_output(["pdftoppm", "-r", "40", "-f", "1", "-l", "1", pdf])
    body = pixels[-(len(pixels) // 3 * 3):]
    return len({body[i:i + 3] for i in range(0, len(body), 3)})


def main(binary):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([binary, "conv2d", "--chapters", "none", "-q", "-o", "video.pptx", "-o", "gif.pptx:media=gif:fps=5",
                        "-o", "steps.pptx:slides=steps"], cwd=folder, check=True)
        names = ["video", "gif", "steps"]
        office(folder, "pdf", *[name + ".pptx" for name in names])
        for name, wanted in zip(names, (1, 1, 10)):
            pdf = os.path.join(folder, name + ".pdf")
            assert pages(pdf) == wanted, "%s: %d slides" % (name, pages(pdf))
            assert colours(pdf) > 20, "%s: nothing is drawn" % name
        office(folder, "odp", "video.pptx", "steps.pptx")
        for name in ("video", "steps"):
            with zipfile.ZipFile(os.path.join(folder, name + ".odp")) as saved:
                content = saved.read("content.xml").decode()
            assert "3×3 kernel, stride 1" in content, "%s: the alt text is lost" % name
        with zipfile.ZipFile(os.path.join(folder, "video.odp")) as saved:
            assert any(name.endswith(".mp4") for name in saved.namelist()), "the video is lost"
    print("LibreOffice opened", ", ".join(names))


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
