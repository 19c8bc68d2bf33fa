"""An emulated long line with a pair on it, for the scripts beside this one: two hosts in network namespaces of its own, between them delay, a rate with a drop-tail queue of one bandwidth-delay
product, random loss; the TCP on both ends is the kernel's. Linux, as root; Python's standard library and iproute2. All of it is removed at the end.

A script that uses it is started again for each of its roles (--role NAME), in the namespace where that role belongs.
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
import struct
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
EDGE, ORIGIN = "198.18.1.1", "198.18.1.2"
CLIENT_PORT, LINK_PORT, HTTP_PORT = 8000, 2408, 8080
LONGEST_RUN = 1800
SERVERS = ("emulate", "serve", "download")  # roles that say when they are ready, and stay


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


# The clients.

def fetch(connection, path, headers=None):
    """Milliseconds until the last byte, and the bytes."""
    start = time.perf_counter()
    connection.request("GET", path, headers={"Host": "line.test", **(headers or {})})
    response = connection.getresponse()
    if response.status != 200:
        raise ConnectionError(f"status {response.status}: {response.read(200)}")
    count = 0
    while part := response.read(1 << 18):
        count += len(part)
    return (time.perf_counter() - start) * 1e3, count


def pair_connection(number=0):
    """To the listener of the lab's pair of that number."""
    return http.client.HTTPConnection("127.0.0.1", CLIENT_PORT + number, timeout=60)


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

    def __exit__(self, *_):
        self.stop(self.processes)
        for side in ("edge", "origin"):
            subprocess.run(["ip", "netns", "del", f"{self.name}-{side}"], check=False)

    def at(self, side):
        return ("ip", "netns", "exec", f"{self.name}-{side}") if side else ()

    def start(self, side, command, **more):
        process = subprocess.Popen([*self.at(side), *map(str, command)], process_group=0, text=True, **more)
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
        """Starts the script in one of its roles; waits until that is ready."""
        own = [f"--{name}={value}" for name, value in vars(self.a).items() if name not in ("role", "namespace", "scratch", "quiet") and value is not None]
        process = self.start(side, [sys.executable, sys.argv[0], "--role", role, "--namespace", self.name, "--scratch", self.scratch, *own, *options], stdout=subprocess.PIPE)
        if role in SERVERS and process.stdout.readline() != "ready\n":
            raise RuntimeError(f"{role} did not start")
        return process

    def result(self, role, *options):
        process = self.role("edge", role, *options)
        out, _ = process.communicate(timeout=900)
        self.processes.remove(process)
        if process.returncode:
            raise RuntimeError(f"{role} failed")
        return json.loads(out)

    def line_bytes(self):
        return sum(int(subprocess.run([*self.at(side), "cat", "/sys/class/net/wan0/statistics/tx_bytes"], check=True, capture_output=True).stdout) for side in ("edge", "origin"))

    def congestion(self, name):
        """Chooses it for connections to come; false where the kernel does not have it or does not allow it."""
        done = [subprocess.run([*self.at(side), "sysctl", "-qw", f"net.ipv4.tcp_congestion_control={name}"], capture_output=True, check=False).returncode == 0
                for side in ("edge", "origin")]
        return all(done)

    @contextlib.contextmanager
    def pair(self, probe, congestion, number=0, lanes=2, settings=None):
        """A pair (contender.sh), until the end of the block. probe: options of the role `ask` that end well once it answers. number: its ports. settings: its environment."""
        before = len(self.processes)
        for side in ("edge", "origin"):
            folder = pathlib.Path(self.scratch, f"{congestion}{lanes}-{number}", side)
            folder.mkdir(parents=True, exist_ok=True)
            env = {**os.environ, "RUN": str(folder), "EDGE_IP": EDGE, "EDGE_PORT": str(CLIENT_PORT + number), "WAN_PORT": str(LINK_PORT + number), "ORIGIN": f"127.0.0.1:{HTTP_PORT}",
                   "RAILGUN_LINK__CONGESTION": congestion, "RAILGUN_ADMIN__ENABLED": "false", "RAILGUN_SENDER_ARGS": f"--lanes {lanes}", **(settings or {})}
            with open(folder / "log", "w") as log:
                self.start(side, ["bash", HERE / "contender.sh", side], env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            for left in range(40, -1, -1):
                with contextlib.suppress(RuntimeError):
                    self.result("ask", *probe, "--quiet")
                    break
                if not left:
                    logs = "".join(log.read_text()[-800:] for log in pathlib.Path(self.scratch).glob("*/*/log"))
                    raise RuntimeError(f"the pair does not answer\n{logs}")
                time.sleep(0.5)
            yield
        finally:
            self.stop(self.processes[before:])


def run(*command):
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def quantile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def parser(description, rtt, rate):
    p = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--rtt", type=float, default=rtt, help=f"round trip, ms (default {rtt})")
    p.add_argument("--rate", type=float, default=rate, help=f"Mbit/s, each way (default {rate})")
    p.add_argument("--loss", type=float, default=0, help="per cent of the packets, each way (default 0)")
    for inner in ("--role", "--namespace", "--scratch"):
        p.add_argument(inner, help=argparse.SUPPRESS)
    p.add_argument("--quiet", action="store_true", help=argparse.SUPPRESS)
    return p


def main(p, roles, measure):
    """Runs a role of the script, or measure(a, lab) in a new lab, whose result is whether every goal is met."""
    a = p.parse_args()
    if a.quiet:
        sys.stderr = open(os.devnull, "w")
    if a.role:
        {"emulate": emulate, **roles}[a.role](a)
        return
    name = os.path.basename(sys.argv[0])
    if os.geteuid() != 0:
        sys.exit(f"{name}: network namespaces want root")
    for reason in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
        signal.signal(reason, lambda *_: sys.exit(f"{name}: stopped"))
    signal.alarm(LONGEST_RUN)
    with tempfile.TemporaryDirectory() as scratch, Lab(a, scratch) as lab:
        met = measure(a, lab)
    sys.exit(0 if met else 1)
