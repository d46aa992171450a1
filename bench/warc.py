#!/usr/bin/env python3
"""`dateline read` through a gzipped WARC of pages that this script writes: MB/s, the share of the time spent on the WARC, memory.

usage: warc.py [--pages N] [--threads N] [--without PASSES] [--program build/release/apps/dateline/dateline]

The WARC has a gzip member a record, pages of invented news with navigation and scripts around them (about 40 KB). Three runs: all N
pages; a quarter of them, for the memory; and the reader of the WARC alone (`warc_bench`), whose time is set against the first run's.
The language model is that of DATELINE_MODEL, as for `dateline` itself.
"""
import argparse
import gzip
import pathlib
import random
import resource
import subprocess
import tempfile
import time

NAMES = ["Mara Quill", "Tobin Ashe", "Lena Orsk", "Pavel Dray", "Ines Corval", "Hugh Merrin"]
PLACES = ["Fenwick", "Port Sable", "Nordholt", "Brackwater"]
DEEDS = ["resigned from the harbour board", "was married to {b} in {p}", "said that the bridge would be closed until March",
         "sued {b} over the sale of the mill", "moved to {p} last spring", "denied that {b} had been told of the plan",
         "will stand for mayor of {p} next year", "met {b} on Tuesday to talk about the strike"]


WEATHER = ["The rain kept most people at home that week.", "Nobody answered the door of the old ferry office.",
           "Prices of timber have risen since the storm.", "The vote had been put off twice because of the flood.",
           "A second report is expected in the autumn.", "The road to the harbour was still closed at noon."]


def page(random_, number):
    people = random_.sample(NAMES, 3)

    def sentence():
        a, b = random_.sample(people, 2)
        return "%s %s." % (a, random_.choice(DEEDS).format(b=b, p=random_.choice(PLACES)))
    body = "".join("<p>%s</p>\n" % " ".join([sentence(), *random_.sample(WEATHER, 3)]) for _ in range(14))
    frame = "".join('<li class="nav-item"><a href="/section/%d" data-track="{&quot;slot&quot;:%d}">Section %d</a></li>' % (i, i, i)
                    for i in range(150))
    script = "<script>var page={%s};</script>" % ",".join('"k%d":"%032x"' % (i, random_.getrandbits(128)) for i in range(200))
    return ("<!doctype html><html lang=en><head><title>Report %d</title><meta property=article:published_time "
            "content=2021-05-%02dT08:00:00Z>%s</head><body><nav><ul>%s</ul></nav><article><h1>Report %d</h1>%s</article>%s</body></html>"
            % (number, number % 28 + 1, script, frame, number, body, script))


def write_warc(path, pages):
    random_ = random.Random(7)
    plain = 0
    with open(path, "wb") as file:
        for number in range(pages):
            html = page(random_, number).encode()
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html
            head = ("WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://post.example/%d\r\nWARC-Date: 2021-06-01T00:00:00Z\r\n"
                    "Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % (number, len(http)))
            record = head.encode() + http + b"\r\n\r\n"
            plain += len(record)
            file.write(gzip.compress(record, 6))
    return plain


def run(command):
    """(seconds, CPU seconds, peak MB) of a command whose output is thrown away."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    done = subprocess.run(["/usr/bin/env", "python3", "-c", PEAK, *map(str, command)], stdout=subprocess.PIPE, check=True)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, int(done.stdout.split()[-1]) / 1024


PEAK = ("import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")


def main():
    parser = argparse.ArgumentParser(usage=__doc__[__doc__.index("usage:") + 7:])
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--without", help="passes to leave out: the share after the WARC is then a lower bound")
    parser.add_argument("--program", default="build/release/apps/dateline/dateline")
    parser.add_argument("--bench", default="build/release/bench/warc_bench")
    a = parser.parse_args()
    read = [a.program, "read", "--quiet", "--format", "jsonl", "--threads", a.threads]
    if a.without:
        read += ["--without", a.without]
    with tempfile.TemporaryDirectory() as folder:
        few, all_ = pathlib.Path(folder) / "few.warc.gz", pathlib.Path(folder) / "all.warc.gz"
        write_warc(few, a.pages // 4)
        plain = write_warc(all_, a.pages)
        packed = all_.stat().st_size
        _, _, little = run([*read, few])
        wall, cpu, peak = run([*read, all_])
        _, warc, _ = run([a.bench, all_])
    print("%d pages, %.1f MB (%.1f MB gzipped), %d threads" % (a.pages, plain / 1e6, packed / 1e6, a.threads))
    print("%.1f s, %.2f MB/s of pages, %.1f CPU s; the WARC alone %.2f CPU s: %.1f %% of the time is spent after it"
          % (wall, plain / 1e6 / wall, cpu, warc, 100 * (1 - warc / cpu)))
    print("peak memory: %.0f MB at %d pages, %.0f MB at %d" % (little, a.pages // 4, peak, a.pages))


if __name__ == "__main__":
    main()
