"""A decoder of the fast level, written from DELTA_FORMAT.md alone: python3 fast_decoder.py VECTORS PAGE

VECTORS has one vector a line: name, first base, second base, target, delta; tab between, hex or how the bytes are made (MadeBytes.cs makes them too).
PAGE is DELTA_FORMAT.md, which has the usual counts.
Says which targets come out wrong.
"""
import sys

SEGMENT = 131072
STEPS = [267, 279, 292, 304, 318, 332, 347, 362, 378, 395, 412, 431, 450, 470, 490]


def counts(text):
    return [int(word) for word in text.split()]


def usual(page):
    """The tables of the page: by title, the numbers below it."""
    found, title = {}, None
    for line in page[page.index("**Usual counts**"):page.index("## The dense level")].splitlines():
        if line.startswith("        "):
            found[title] += counts(line)
        elif line.startswith("    "):
            title = line.strip()
            found[title] = []
    return found


class Invalid(Exception):
    pass


class Bits:
    def __init__(self, payload, at=0):
        self.payload, self.at = payload, at

    def take(self, count):
        value = 0
        for _ in range(count):
            byte = self.payload[self.at >> 3] if self.at >> 3 < len(self.payload) else 0
            value = value << 1 | byte >> (7 - self.at % 8) & 1
            self.at += 1
        return value


def log16(x):
    log = x.bit_length() - 1
    part = (x >> (log - 8) if log >= 8 else x << (8 - log)) & 255
    return 16 * log + sum(step <= 256 + part for step in STEPS)


class Code:
    def __init__(self, start, most):
        self.most = most
        self.counts = list(start)
        self.make()

    def make(self):
        most, whole, total = self.most, 1 << self.most, sum(self.counts)
        wants = [log16(total) - log16(c) for c in self.counts]
        lengths = [min(most, w // 16 + 1) for w in wants]
        parts = [w % 16 if w // 16 < most else None for w in wants]
        room = whole - sum(whole >> n for n in lengths)
        length = most - 1
        while room < 0:
            for i in reversed(range(len(lengths))):
                if room < 0 and lengths[i] == length:
                    lengths[i] += 1
                    room += whole >> (length + 1)
                    parts[i] = None
            length -= 1
        takes = [sum(whole >> (w // 16 + 1) for w in wants if w // 16 < most and w % 16 == part) for part in range(16)]
        done = 0
        while done < 16 and takes[done] <= room:
            room -= takes[done]
            done += 1
        for i, part in enumerate(parts):
            if part is None:
                continue
            if part < done:
                lengths[i] -= 1
            elif lengths[i] > 1 and whole >> lengths[i] <= room:
                room -= whole >> lengths[i]
                lengths[i] -= 1
        self.symbols = {}
        at = 0
        for length, symbol in sorted((n, i) for i, n in enumerate(lengths)):
            self.symbols[length, at >> (most - length)] = symbol
            at += whole >> length

    def take(self, bits, counted=True):
        begin, code, symbol = bits.at, 0, None
        for length in range(1, self.most + 1):
            code = code << 1 | bits.take(1)
            symbol = self.symbols.get((length, code))
            if symbol is not None:
                break
        if symbol is None:
            symbol, bits.at = 0, begin + self.most
        if counted:
            self.counts[symbol] += 8
        return symbol

    def halve(self):
        self.counts = [(c + 1) // 2 for c in self.counts]


def number(step, f, bits, inverted=False):
    if step < 1 << f:
        return step
    over = step - (1 << f)
    n = f + over // 2
    rest = bits.take(n - 1)
    if inverted:
        rest ^= (1 << (n - 1)) - 1
    return 1 << n | (over & 1) << (n - 1) | rest


class Decoder:
    def __init__(self, tables, first, second):
        self.tables, self.first, self.second = tables, first, second
        self.target = bytearray()
        self.forget()

    def forget(self):
        t = self.tables
        self.commands, self.aligned, self.others = Code(t["commands"], 10), Code(t["lengths of aligned copies"], 10), Code(t["lengths of other copies"], 10)
        self.near, self.jumps, self.distances = Code(t["near"], 10), Code(t["jumps"], 10), Code(t["distances"], 10)
        self.bytes = Code(t["new bytes"], 11)
        self.ready, self.counted, self.round, self.left = False, 0, 2048, 2048
        bases = ["first", "second"] if self.first else ["second", "first"]
        self.tracks = [(bases[0], 0, 0), (bases[1], 0, 0), ("target", 1, 0)]
        self.ends = {"first": 0, "second": 0}

    def prepare(self):
        if self.ready:
            return
        self.ready = True
        text = self.first or self.second
        looks = [text[at:at + 32] for at in range(0, len(text) - 31, max(32, len(text) // 8))]
        if sum(c > 0x7E or c < 0x20 and c not in (9, 10, 13) for look in looks for c in look) < 32:
            return
        for at in range(0, len(text) - 63, max(64, len(text) // 64)):
            for c in text[at:at + 64]:
                self.bytes.counts[c] += 1
        self.bytes.make()

    def new_bytes(self, bits, payload, count):
        """Them, and the streams that commands take turns in: one if the new bytes are few."""
        self.uncounted = b""
        if count == 0:
            return b"", [bits]
        self.prepare()
        if count < 256:
            self.uncounted = bytes(self.bytes.take(bits, False) for _ in range(count))
            return self.uncounted, [bits]
        bits.at = (bits.at + 7) // 8 * 8
        lengths = [sum(bits.take(8) << 8 * i for i in range(size)) for size in (2, 2, 2, 3)]
        begin = bits.at // 8
        streams = [Bits(payload, 8 * (begin + sum(lengths[:i]))) for i in range(4)]
        said = self.rounds(streams, (count + 3) // 4, count)
        bits.at = (streams[3].at + 7) // 8 * 8
        return said, [bits, Bits(payload, bits.at + 8 * lengths[3])]

    def rounds(self, streams, quarter, count):
        """New bytes of four streams: their code is made anew after 512, 2,048, 8,192 of each."""
        said = [b""] * 4
        done, end = 0, 512
        while True:
            if quarter - end < 512:
                end = quarter
            some = [bytes(self.bytes.take(stream, False) for _ in range(min(end, quarter if i < 3 else count - 3 * quarter) - done)) for i, stream in enumerate(streams)]
            said = [before + more for before, more in zip(said, some)]
            if end == quarter:
                self.uncounted = b"".join(some)
                return b"".join(said)
            self.count(b"".join(some))
            self.bytes.make()
            done, end = end, 4 * end

    def length_of(self, source):
        return len(self.target) if source == "target" else len(self.first if source == "first" else self.second)

    def is_there(self, source, at):
        return (self.begin if source == "target" else 0) <= at < self.length_of(source)

    def run(self, step, bits):
        if step < 7:
            return [0, 1, 2, 3, 4, 5, 9][step] + bits.take([0, 0, 0, 0, 0, 2, 4][step])
        n = min(17, bits.take(5))
        return 24 + 2 ** n + bits.take(n)

    def place(self, kind, bits):
        here = len(self.target)
        if kind <= 2:
            source, shift, _ = self.tracks[kind]
            return source, here - shift
        if kind <= 5:
            source, _, end = self.tracks[kind == 5]
            return source, end + (0 if kind == 3 else self.near.take(bits) - 8)
        if kind == 6:
            return "target", here - 1 - number(self.distances.take(bits), 1, bits, inverted=True)
        source = "first" if kind == 7 else "second"
        n, backward = divmod(self.jumps.take(bits), 2)
        b = bits.take(n)
        return source, self.ends[source] + (b + 2 - 2 ** (n + 1) if backward else 2 ** n - 1 + b)

    def copy(self, kind, bits):
        source, at = self.place(kind, bits)
        if not self.is_there(source, at):
            raise Invalid("nothing there")
        room = self.begin + SEGMENT - len(self.target)
        longest = room if source == "target" else min(room, self.length_of(source) - at)
        step = (self.aligned if kind <= 2 else self.others).take(bits)
        length = longest if step == 0 else number(step - 1, 4, bits) + 1
        if length > longest:
            raise Invalid("too long")
        shift = len(self.target) - at
        text = self.target if source == "target" else self.first if source == "first" else self.second
        for i in range(at, at + length):
            self.target.append(text[i])
        self.tracks = [(source, shift, at + length)] + [t for t in self.tracks if t[:2] != (source, shift)]
        del self.tracks[3:]
        self.ends[source] = at + length
        self.left -= 1
        if self.left == 0:
            self.renew()

    def renew(self):
        for code in (self.commands, self.aligned, self.others, self.near, self.jumps, self.distances):
            code.make()
            if self.round == 4096:
                code.halve()
        self.round = min(4096, 2 * self.round)
        self.left = self.round

    def segment(self, payload):
        bits = Bits(payload)
        more, log = bits.take(1), bits.take(5)
        count = 2 ** log - 1 + bits.take(log)
        if count > SEGMENT:
            raise Invalid("too many new bytes")
        said, streams = self.new_bytes(bits, payload, count)
        self.begin, used = len(self.target), 0
        while len(self.target) < self.begin + SEGMENT:
            bits, streams = streams[0], streams[1:] + streams[:1]
            kind, step = divmod(self.commands.take(bits), 8)
            run = self.run(step, bits)
            if used + run > count or len(self.target) + run > self.begin + SEGMENT:
                raise Invalid("too many new bytes")
            self.target += said[used:used + run]
            used += run
            if len(self.target) == self.begin + SEGMENT:
                break
            source, shift, _ = self.tracks[0]
            if kind in (0, 9) and not self.is_there(source, len(self.target) - shift):
                kind = 9 - kind
            if kind == 9:
                break
            self.copy(kind, bits)
        if used < count:
            raise Invalid("new bytes left")
        if more:
            self.learn(count)
        return not more

    def count(self, said):
        for c in said:
            self.bytes.counts[c] += 8

    def learn(self, count):
        self.count(self.uncounted)
        self.counted += count
        if self.counted >= 2048:
            self.counted = 0
            self.bytes.make()
            self.bytes.halve()

    def decode(self, delta):
        at, last = 0, False
        while not last:
            first = delta[at]
            at += 1
            if first < 0xE0:
                length = first
            elif first < 0xFE:
                length = 224 + (first - 224) * 256 + delta[at]
                at += 1
            else:
                length = int.from_bytes(delta[at:at + 3], "little")
                at += 3
            if first == 0xFF:
                last, length = length >> 23 != 0, length & 0x7FFFFF
                self.target += delta[at:at + length]
                self.forget()
            else:
                last = self.segment(delta[at:at + length])
            at += length
        if at != len(delta):
            raise Invalid("bytes behind the end")
        return bytes(self.target)


def chance(seed):
    """Numbers that follow from a seed: each call says one below that which it is given."""
    def below(beyond):
        nonlocal seed
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        return (seed >> 16) % beyond
    return below


def edits(length, text, below):
    """Short pieces of a text: behind a few other letters in the place of what was there, near the end of the last one, or from anywhere."""
    said, end = bytearray(), 0
    while len(said) < length:
        way = below(4)
        others = 1 + below(2) if way < 2 else 0
        for _ in range(others):
            said.append(ord("A") + below(26))
        wanted = end + others if way < 2 else end + 1 + below(20) if way == 2 else below(len(text))
        begin = wanted % (len(text) - 16)
        end = begin + 16 - below(8)
        said += text[begin:end]
    return bytes(said[:length])


def noise(length, letters, below):
    """The first of so many letters the most often, the last one seldom."""
    return bytes(ord("a") + below(1 + below(letters)) for _ in range(length))


def made(field, text):
    """The bytes of a field; what is made of another text is of that."""
    said = b""
    for part in field.split(" + "):
        kind, *rest = part.split(" ")
        sizes = [int(word) for word in rest]
        if kind == "noise":
            said += noise(sizes[0], sizes[1], chance(sizes[2]))
        elif kind == "edits":
            said += edits(sizes[0], text, chance(sizes[1]))
        elif kind == "begin":
            said += text[:sizes[0]]
        else:
            said += bytes.fromhex(part)
    return said


def main(vectors, page):
    tables = usual(open(page, encoding="utf-8").read())
    wrong = 0
    for line in open(vectors, encoding="ascii"):
        name, *fields = line.rstrip("\n").split("\t")
        first = made(fields[0], b"")
        second, target, delta = (made(field, first) for field in fields[1:])
        try:
            right = Decoder(tables, first, second).decode(delta) == target
        except (Invalid, IndexError):
            right = False
        if not right:
            print("wrong:", name)
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
