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
import argparse
import collections
import contextlib
import ctypes
import fcntl
import http.client
import json
import os
import pathlib
import random
import select
import signal
import socket
import ssl
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
EDGE, ORIGIN = "198.18.1.1", "198.18.1.2"
CLIENT_PORT, LINK_PORT, HTTP_PORT, TLS_PORT = 8000, 2408, 8080, 8443
DOWNLOAD = 10_000_000
PAGE = 100_000
LONGEST_RUN = 1800


# The line: packets between two TUN devices.

def open_tun(namespace):
    """A TUN device named wan0 in a namespace; this process stays in it."""
    with open(f"/run/netns/{namespace}") as handle:
        if ctypes.CDLL(None, use_errno=True).setns(handle.fileno(), 0):
            raise OSError(ctypes.get_errno(), f"setns {namespace}")
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    fcntl.ioctl(tun, 0x400454CA, struct.pack("16sH22x", b"wan0", 0x1001))  # TUNSETIFF, IFF_TUN | IFF_NO_PI
    return tun


class Direction:
    """One direction of the line: what it holds, and when the serial part of it is free again."""

    def __init__(self, source, target):
        self.source, self.target = source, target
        self.held = collections.deque()
        self.free = 0.0

    def take(self, a, delay):
        for _ in range(64):
            try:
                packet = os.read(self.source, 2048)
            except BlockingIOError:
                return
            now = time.monotonic()
            start = max(self.free, now)
            if start - now > delay * 2 or random.random() * 100 < a.loss:  # the queue holds one round trip of the rate
                continue
            self.free = start + len(packet) * 8e-6 / a.rate
            self.held.append((self.free + delay, packet))

    def give(self):
        while self.held and self.held[0][0] <= time.monotonic():
            with contextlib.suppress(OSError):  # full, or not up yet
                os.write(self.target, self.held[0][1])
            self.held.popleft()


def emulate(a):
    random.seed(1)
    tuns = [open_tun(a.namespace + side) for side in ("-edge", "-origin")]
    directions = [Direction(*tuns), Direction(*tuns[::-1])]
    with contextlib.suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))  # a late packet is a longer line
    print("ready", flush=True)
    while True:
        for direction in directions:
            direction.take(a, a.rtt / 2000)
            direction.give()
        next_due = min((d.held[0][0] for d in directions if d.held), default=None)
        wait = None if next_due is None else max(next_due - time.monotonic(), 0)
        select.select(tuns, [], [], wait)


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
    pages = iter(range(10**9))

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

def fetch(connection, path):
    """Milliseconds until the last byte, and the bytes."""
    start = time.perf_counter()
    connection.request("GET", path, headers={"Host": "line.test"})
    response = connection.getresponse()
    if response.status != 200:
        raise ConnectionError(f"status {response.status}: {response.read(200)}")
    count = 0
    while part := response.read(1 << 18):
        count += len(part)
    return (time.perf_counter() - start) * 1e3, count


def pair_connection():
    return http.client.HTTPConnection("127.0.0.1", CLIENT_PORT, timeout=60)


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


ROLES = {f.__name__: f for f in (emulate, serve, ask, download, bulk)}


# The lab.

class Lab:
    """Two namespaces and what runs in them; gone at the end."""

    def __init__(self, a, scratch):
        self.a, self.scratch = a, scratch
        self.name = f"rgline{os.getpid()}"
        self.processes = []

    def __enter__(self):
        try:
            self.build()
        except BaseException:
            self.__exit__()
            raise
        return self

    def build(self):
        for side in ("edge", "origin"):
            run("ip", "netns", "add", f"{self.name}-{side}")
            run("ip", "-n", f"{self.name}-{side}", "link", "set", "lo", "up")
        self.role(None, "emulate")
        for side, own, other in (("edge", EDGE, ORIGIN), ("origin", ORIGIN, EDGE)):
            ip = ("ip", "-n", f"{self.name}-{side}")
            run(*ip, "addr", "add", f"{own}/32", "dev", "lo")
            run(*ip, "link", "set", "wan0", "txqueuelen", "4000", "up")
            run(*ip, "route", "add", f"{other}/32", "dev", "wan0", "src", own)
            run(*self.at(side), "sysctl", "-qw", "net.ipv4.tcp_no_metrics_save=1")
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=line.test",
            "-keyout", f"{self.scratch}/key.pem", "-out", f"{self.scratch}/cert.pem")

    def __exit__(self, *_):
        self.stop(self.processes)
        for side in ("edge", "origin"):
            subprocess.run(["ip", "netns", "del", f"{self.name}-{side}"], check=False)

    def at(self, side):
        return ("ip", "netns", "exec", f"{self.name}-{side}") if side else ()

    def start(self, side, command, **more):
        process = subprocess.Popen([*self.at(side), *map(str, command)], start_new_session=True, text=True, **more)
        self.processes.append(process)
        return process

    def stop(self, processes):
        for process in reversed(list(processes)):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            self.processes.remove(process)

    def role(self, side, role, *options):
        """Starts this script in one of its roles; waits until that is ready."""
        a = self.a
        process = self.start(side, [sys.executable, __file__, "--role", role, "--namespace", self.name, "--scratch", self.scratch, "--rtt", a.rtt, "--rate", a.rate,
                                    "--loss", a.loss, "--rounds", a.rounds, "--seconds", a.seconds, *options], stdout=subprocess.PIPE)
        if role in ("emulate", "serve", "download") and process.stdout.readline() != "ready\n":
            raise RuntimeError(f"{role} did not start")
        return process

    def result(self, role, *options):
        process = self.role("edge", role, *options)
        out, _ = process.communicate(timeout=600)
        self.processes.remove(process)
        if process.returncode:
            raise RuntimeError(f"{role} failed")
        return json.loads(out)

    def line_bytes(self):
        return sum(int(subprocess.run([*self.at(side), "cat", "/sys/class/net/wan0/statistics/tx_bytes"], check=True, capture_output=True).stdout) for side in ("edge", "origin"))

    def congestion(self, name):
        done = [subprocess.run([*self.at(side), "sysctl", "-qw", f"net.ipv4.tcp_congestion_control={name}"], capture_output=True, check=False).returncode == 0
                for side in ("edge", "origin")]
        return all(done)

    @contextlib.contextmanager
    def pair(self, congestion, lanes):
        before = len(self.processes)
        for side in ("edge", "origin"):
            folder = pathlib.Path(self.scratch, f"{congestion}{lanes}", side)
            folder.mkdir(parents=True, exist_ok=True)
            env = {**os.environ, "RUN": str(folder), "EDGE_IP": EDGE, "EDGE_PORT": str(CLIENT_PORT), "WAN_PORT": str(LINK_PORT), "ORIGIN": f"127.0.0.1:{HTTP_PORT}",
                   "RAILGUN_LINK__CONGESTION": congestion, "RAILGUN_SENDER_ARGS": f"--lanes {lanes}"}
            with open(folder / "log", "w") as log:
                self.start(side, ["bash", HERE / "contender.sh", side], env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            for left in range(40, -1, -1):
                with contextlib.suppress(RuntimeError):
                    self.result("ask", "--count", 5, "--quiet")
                    break
                if not left:
                    logs = "".join(log.read_text()[-800:] for log in pathlib.Path(self.scratch).glob("*/*/log"))
                    raise RuntimeError(f"the pair does not answer\n{logs}")
                time.sleep(0.5)
            yield
        finally:
            self.stop(self.processes[before:])

    def asked(self, count, downloads):
        """Times of the page, bytes on the line for each, and times of the downloads."""
        loads = [self.role("edge", "download") for _ in range(downloads)]
        before = self.line_bytes()
        times = self.result("ask", "--count", count)
        each = (self.line_bytes() - before) / count
        taken = []
        for load in loads:
            os.killpg(load.pid, signal.SIGTERM)
            taken += json.loads(load.communicate(timeout=20)[0].splitlines()[-1])
            self.processes.remove(load)
        return times, each, taken


def run(*command):
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def quantile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def small(lab, congestion):
    """Rows of the page's times; whether the goal is met."""
    a, met = lab.a, True
    for lanes, downloads in ((2, 0), (2, 1), (2, 2), (1, 1)):
        with lab.pair(congestion, lanes):
            if downloads:
                idle = statistics.median(lab.asked(10, 0)[0])
            times, each, taken = lab.asked(a.count, downloads)
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
    with lab.pair(congestion, 2):
        rates = lab.result("bulk")
    middle = {name: statistics.median(values) for name, values in rates.items()}
    part = middle["pair"] / middle["plain TLS"]
    for name, values in rates.items():
        print(f"{congestion:6} bulk, {name:9} {middle[name]:6.1f} Mbit/s  ({', '.join(f'{v:.1f}' for v in values)})", flush=True)
    print(f"{congestion:6} bulk, the pair fills {part:.2f} of what plain TLS fills  (goal {'met' if part >= 0.9 else 'MISSED'})", flush=True)
    return part >= 0.9


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--rtt", type=float, default=150, help="round trip, ms")
    p.add_argument("--rate", type=float, default=100, help="Mbit/s, each way")
    p.add_argument("--loss", type=float, default=0, help="per cent of the packets, each way")
    p.add_argument("--congestion", default="bbr,cubic")
    p.add_argument("--rounds", type=int, default=3, help="bulk transfers of each kind")
    p.add_argument("--seconds", type=float, default=5, help="how long one of them fills the line")
    p.add_argument("--count", type=int, default=25, help="pages asked for in each row")
    p.add_argument("--only", choices=("small", "bulk"))
    for inner in ("--role", "--namespace", "--scratch"):
        p.add_argument(inner, help=argparse.SUPPRESS)
    p.add_argument("--quiet", action="store_true", help=argparse.SUPPRESS)
    a = p.parse_args()
    if a.quiet:
        sys.stderr = open(os.devnull, "w")
    if a.role:
        ROLES[a.role](a)
        return
    if os.geteuid() != 0:
        sys.exit("line.py: network namespaces want root")
    for reason in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
        signal.signal(reason, lambda *_: sys.exit("line.py: stopped"))
    signal.alarm(LONGEST_RUN)
    met = True
    with tempfile.TemporaryDirectory() as scratch, Lab(a, scratch) as lab:
        lab.role("origin", "serve")
        print(f"{a.rtt:g} ms round trip, {a.rate:g} Mbit/s, {a.loss:g} % loss", flush=True)
        for congestion in a.congestion.split(","):
            if not lab.congestion(congestion):
                print(f"{congestion}: not in this kernel, or not allowed: sysctl net.ipv4.tcp_allowed_congestion_control", flush=True)
                continue
            if a.only != "bulk":
                met &= small(lab, congestion)
            if a.only != "small":
                met &= fill(lab, congestion)
    sys.exit(0 if met else 1)


main()
