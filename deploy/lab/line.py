#!/usr/bin/env python3
"""What bulk and small answers do to each other on a long line, and how much of it bulk fills. Linux, as root; Python's standard library, iproute2, openssl.

    line.py [--rtt 150] [--rate 100] [--loss 0] [--congestion bbr,cubic] [--rounds 3]

Two hosts in network namespaces of its own, between them an emulated line: delay, a rate with a drop-tail queue of one bandwidth-delay product, random loss; the TCP
on both ends is the kernel's. In them a pair (contender.sh) before an origin that has a page of 100 KB, of which a number changes each time, and a download that no
coder makes shorter. For each congestion control:

    small   the page on an idle line, during downloads of 10 MB one after the other (with two lanes the page has one to itself, with one lane it shares), and
            during two such downloads at once. Goal, with BBR: at most one round trip and 20 ms later than on an idle line.
    bulk    a long download through the pair and through one plain TLS connection, in turn. Goal: at least 0.9 of the latter's rate.

All of it is removed at the end. RAILGUNBIN names the folder of the executables; default: out/ of this checkout. Ends with 0 if every goal is met, with 1 if not.
"""
import contextlib
import http.client
import itertools
import json
import os
import random
import signal
import socket
import ssl
import statistics
import threading
import time

from emulated import HTTP_PORT, ORIGIN, fetch, main, pair_connection, parser, quantile, run

TLS_PORT = 8443
DOWNLOAD = 10_000_000
PAGE = 100_000
PROBE = ("--count", 5)


# The origin: /page, and /download?BYTES of what no coder makes shorter; by HTTP, and by HTTPS beside it.

def page(number):
    row = "<tr><td>{0}</td><td>article {0}</td><td>in stock</td></tr>\n"
    rows = "".join(row.format(i) for i in range(PAGE // 50))
    return f"<html><p>view {number:010}</p>\n{rows}".encode()[:PAGE]


def answer(connection, pages):
    with connection, connection.makefile("rb") as lines:
        while request := lines.readline():
            while lines.readline().strip():
                pass
            path, _, count = request.split()[1].decode().partition("?")
            kind = "application/octet-stream" if count else "text/html"
            body = b"" if count else page(next(pages))
            length = int(count) if count else len(body)
            connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n".encode() + body)
            sent = len(body)
            while sent < length:
                sent += connection.send(os.urandom(min(1 << 17, length - sent)))


def serve(a):
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(f"{a.scratch}/cert.pem", f"{a.scratch}/key.pem")
    pages = itertools.count()

    def accept(port, wrap):
        with socket.create_server(("", port)) as listener:
            while True:
                connection, _ = listener.accept()
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=talk, args=(connection, wrap), daemon=True).start()

    def talk(connection, wrap):
        with contextlib.suppress(OSError):
            answer(tls.wrap_socket(connection, server_side=True) if wrap else connection, pages)

    threading.Thread(target=accept, args=(TLS_PORT, True), daemon=True).start()
    print("ready", flush=True)
    accept(HTTP_PORT, False)


# The clients, each a process of its own.

def ask(a):
    random.seed(2)
    connection = pair_connection()
    times = []
    for _ in range(a.count):
        took, length = fetch(connection, "/page")
        if length != PAGE:
            raise ConnectionError(f"{length} bytes of a page")
        times.append(took)
        time.sleep(random.uniform(0.05, 0.35))
    print(json.dumps(times))


def download(a):
    connection = pair_connection()
    times = []
    signal.signal(signal.SIGTERM, lambda *_: (print(json.dumps(times)), os._exit(0)))
    fetch(connection, f"/download?{DOWNLOAD // 10}")
    print("ready", flush=True)
    while True:
        times.append(fetch(connection, f"/download?{DOWNLOAD}")[0])


def bulk(a):
    trusted = ssl.create_default_context(cafile=f"{a.scratch}/cert.pem")
    trusted.check_hostname = False
    connections = {"pair": pair_connection(), "plain TLS": http.client.HTTPSConnection(ORIGIN, TLS_PORT, timeout=60, context=trusted)}
    rates = {name: [] for name in connections}
    length = int(a.rate * 125_000 * a.seconds)
    for connection in connections.values():
        fetch(connection, f"/download?{DOWNLOAD}")
    for _ in range(a.rounds):
        for name, connection in connections.items():
            took, count = fetch(connection, f"/download?{length}")
            rates[name].append(count * 8e-3 / took)
    print(json.dumps(rates))


# The measurements.

def asked(lab, count, downloads):
    """Times of the page, bytes on the line for each, and times of the downloads."""
    loads = [lab.role("edge", "download") for _ in range(downloads)]
    before = lab.line_bytes()
    times = lab.result("ask", "--count", count)
    each = (lab.line_bytes() - before) / count
    taken = []
    for load in loads:
        os.killpg(load.pid, signal.SIGTERM)
        taken += json.loads(load.communicate(timeout=20)[0].splitlines()[-1])
        lab.processes.remove(load)
    return times, each, taken


def small(lab, congestion):
    """Rows of the page's times; whether the goal is met."""
    a, met = lab.a, True
    for lanes, downloads in ((2, 0), (2, 1), (2, 2), (1, 1)):
        with lab.pair(PROBE, congestion, lanes=lanes):
            if downloads:
                idle = statistics.median(asked(lab, 10, 0)[0])
            times, each, taken = asked(lab, a.count, downloads)
        p50, p90 = quantile(times, 0.5), quantile(times, 0.9)
        what = "idle" if not downloads else f"{downloads} download{'s' * (downloads > 1)}"
        text = f"{congestion:6} {lanes} lane{'s' * (lanes > 1):1}  {what:12} n {len(times):3}  p50 {p50:6.1f} ms  p90 {p90:6.1f} ms"
        if downloads:
            later = p90 - idle
            good = later <= a.rtt + 20
            met &= good or congestion != "bbr"
            verdict = ("goal met" if good else "goal MISSED") if congestion == "bbr" else "no goal"
            text += f"  idle {idle:6.1f}  later by {p50 - idle:6.1f}, {later:6.1f}  ({verdict})  10 MB in {statistics.median(taken) if taken else 0:5.0f} ms"
        else:
            text += f"  {each:.0f} bytes on the line for each"
        print(text, flush=True)
    return met


def fill(lab, congestion):
    with lab.pair(PROBE, congestion):
        rates = lab.result("bulk")
    middle = {name: statistics.median(values) for name, values in rates.items()}
    part = middle["pair"] / middle["plain TLS"]
    for name, values in rates.items():
        print(f"{congestion:6} bulk, {name:9} {middle[name]:6.1f} Mbit/s  ({', '.join(f'{v:.1f}' for v in values)})", flush=True)
    print(f"{congestion:6} bulk, the pair fills {part:.2f} of what plain TLS fills  (goal {'met' if part >= 0.9 else 'MISSED'})", flush=True)
    return part >= 0.9


def measure(a, lab):
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=line.test",
        "-keyout", f"{lab.scratch}/key.pem", "-out", f"{lab.scratch}/cert.pem")
    lab.role("origin", "serve")
    print(f"{a.rtt:g} ms round trip, {a.rate:g} Mbit/s, {a.loss:g} % loss", flush=True)
    met = True
    for congestion in a.congestion.split(","):
        if not lab.congestion(congestion):
            print(f"{congestion}: not in this kernel, or not allowed: sysctl net.ipv4.tcp_allowed_congestion_control", flush=True)
            continue
        if a.only != "bulk":
            met &= small(lab, congestion)
        if a.only != "small":
            met &= fill(lab, congestion)
    return met


p = parser(__doc__, rtt=150, rate=100)
p.add_argument("--congestion", default="bbr,cubic")
p.add_argument("--rounds", type=int, default=3, help="bulk transfers of each kind (default 3)")
p.add_argument("--seconds", type=float, default=5, help="how long one of them fills the line (default 5)")
p.add_argument("--count", type=int, default=25, help="pages asked for in each row (default 25)")
p.add_argument("--only", choices=("small", "bulk"))
main(p, {f.__name__: f for f in (serve, ask, download, bulk)}, measure)
