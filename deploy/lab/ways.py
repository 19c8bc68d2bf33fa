#!/usr/bin/env python3
"""Whether the codec that the sender chooses is the one that reaches the client first. Linux, as root; Python's standard library, iproute2.

    ways.py [--pages ../shared/corpus/dev] [--rtt 50] [--rate 20] [--count 60]

On an emulated line (emulated.py) three pairs, which differ in what their senders are told, serve the same pages, one after the other and in turn:

    deltas   a version of a page, and then the next one, timed: fast deltas only (coding.dense=never), dense where that is shorter (always), by the rules (auto)
    first    a page that is never kept, so that it has no base: zstd (coding.lz4From=0), LZ4 (coding.lz4From=1), by the measured rate

Told are milliseconds from the request to the last byte, less the round trip: the mean of all pages, and how much later each way is than the first one, with the standard error of that (page by
page). The pages are histories, FOLDER/FAMILY/PAGE/0001.html, 0002.html …; of each family as many as of any other. RAILGUNBIN names the folder of the executables; default: out/ of this checkout.
"""
import contextlib
import http.client
import itertools
import json
import os
import pathlib
import random
import socket
import statistics
import sys
import threading

from emulated import HERE, HTTP_PORT, fetch, main, pair_connection, parser

WAYS = {
    "deltas": {"fast": {"RAILGUN_CODING__DENSE": "never"}, "dense": {"RAILGUN_CODING__DENSE": "always"}, "rules": {}},
    "first": {"zstd": {"RAILGUN_CODING__LZ4FROM": "0"}, "LZ4": {"RAILGUN_CODING__LZ4FROM": "1"}, "rules": {}},
}
KINDS = {".html": "text/html", ".json": "application/json", ".xml": "application/xml"}
VERSION, KEPT = "X-Version", "X-Kept"


# The origin: the file of a page that the request names.

def answer(connection, pages):
    with connection, connection.makefile("rb") as lines:
        while request := lines.readline():
            fields = http.client.parse_headers(lines)
            file = pages.joinpath(request.split()[1].decode().lstrip("/"), fields[VERSION])
            body = file.read_bytes()
            caching = "no-store" if fields[KEPT] == "no" else "public, no-cache"
            connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: {KINDS.get(file.suffix, 'text/plain')}\r\nCache-Control: {caching}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)


def serve(a):
    def talk(connection):
        with contextlib.suppress(OSError):
            answer(connection, pathlib.Path(a.pages))

    with socket.create_server(("", HTTP_PORT)) as listener:
        print("ready", flush=True)
        while True:
            connection, _ = listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=talk, args=(connection,), daemon=True).start()


# The client: asks all pairs for the same, in turn; in which order changes from page to page.

def pairs_of_versions(a):
    """Successive versions, as many of each family as of any other, the same for the same seed."""
    families = []
    for family in sorted(pathlib.Path(a.pages).iterdir()):
        pages = [sorted(page.iterdir()) for page in sorted(family.iterdir()) if page.is_dir()] if family.is_dir() else []
        found = [pair for page in pages for pair in itertools.pairwise(page)]
        random.shuffle(found)
        families.append(found)
    rounds = itertools.chain.from_iterable(itertools.zip_longest(*families))
    return list(itertools.islice((pair for pair in rounds if pair), a.count))


def ask(a):
    random.seed(a.seed)
    connections = [pair_connection(number) for number in ([a.number] if a.number is not None else range(a.ways))]
    times = [[] for _ in connections]
    for base, target in pairs_of_versions(a):
        path = f"/{target.parent.relative_to(a.pages)}"
        numbers = list(range(len(connections)))
        random.shuffle(numbers)
        for number in numbers:
            kept = "yes" if a.kind == "deltas" else "no"
            if a.kind == "deltas":
                fetch(connections[number], path, {VERSION: base.name, KEPT: kept})
            took, length = fetch(connections[number], path, {VERSION: target.name, KEPT: kept})
            if length != target.stat().st_size:
                raise ConnectionError(f"{length} bytes of {target}")
            times[number].append(took)
    print(json.dumps(times))


# The measurements.

def compare(lab, kind):
    a, ways = lab.a, WAYS[kind]
    with contextlib.ExitStack() as stack:
        for number, settings in enumerate(ways.values()):
            stack.enter_context(lab.pair(("--count", 1, "--number", number, "--kind", kind), a.congestion, number, settings=settings))
        times = lab.result("ask", "--kind", kind, "--ways", len(ways))
    text = f"{a.rate:6g} Mbit/s, {a.rtt:g} ms  {kind:7} n {len(times[0]):3}"
    for name, own in zip(ways, times):
        text += f"  {name} {statistics.mean(own) - a.rtt:6.1f} ms"
        if own is not times[0]:
            later = [t - first for t, first in zip(own, times[0])]
            text += f" ({statistics.mean(later):+.1f} ± {statistics.stdev(later) / len(later) ** 0.5:.1f})"
    print(text, flush=True)


def measure(a, lab):
    lab.role("origin", "serve")
    for kind in a.only.split(","):
        compare(lab, kind)
    return True


p = parser(__doc__, rtt=50, rate=20)
p.add_argument("--pages", default=str(HERE.parents[2] / "shared" / "corpus" / "dev"), help="page histories")
p.add_argument("--count", type=int, default=60, help="pages for each row (default 60)")
p.add_argument("--only", default="deltas,first", help="which rows (default deltas,first)")
p.add_argument("--congestion", default="bbr", help="the lanes' congestion control (default bbr)")
p.add_argument("--seed", type=int, default=1, help="chooses the pages and the order (default 1)")
p.add_argument("--kind", default="deltas", choices=WAYS, help="of one row, for the role ask")
p.add_argument("--ways", type=int, default=3, help="of one row, for the role ask")
p.add_argument("--number", type=int, help="one pair alone, for the role ask")
if not os.path.isdir(p.parse_known_args()[0].pages):
    sys.exit("ways.py: no page histories there; --pages FOLDER, with FOLDER/FAMILY/PAGE/0001.html, 0002.html …")
main(p, {f.__name__: f for f in (serve, ask)}, measure)
