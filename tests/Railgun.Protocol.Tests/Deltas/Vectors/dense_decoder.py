"""A decoder of the dense level, written from DELTA_FORMAT.md alone: python3 dense_decoder.py VECTORS PAGE

VECTORS has one vector a line: name, first base, second base, target, delta; hex, tab between. PAGE is DELTA_FORMAT.md, which has the usual counts of the fast
level: targets may go over to that. Says which targets come out wrong.
"""
import sys

sys.dont_write_bytecode = True

import fast_decoder

M64 = (1 << 64) - 1
SEGMENT = 131072


def log2(x):
    return x.bit_length() - 1


def log(x):
    return 256 * log2(x) + ((256 * x >> log2(x)) % 256)


def stretch(p):
    return log(2 * p + 1) - log(8191 - 2 * p) >> 1


def squash(s):
    m = min(2047, abs(s))
    o = (128 + m % 128) * 2 ** (m >> 7)
    c = min(65512, 65536 * o // (o + 128))
    return c if s >= 0 else 65536 - c


class Bits:
    def __init__(self, payload):
        self.payload = payload
        self.at = 0
        self.code = self.next() << 32
        self.code |= self.next()
        self.range = M64

    def next(self):
        word = 0
        for _ in range(4):
            word = word << 8 | (self.payload[self.at] if self.at < len(self.payload) else 0)
            self.at += 1
        return word

    def decide(self, c):
        zeros = (self.range >> 16) * (65536 - c)
        bit = 0
        if self.code < zeros:
            self.range = zeros
        else:
            self.code -= zeros
            self.range -= zeros
            bit = 1
        self.shift()
        return bit

    def nibble(self, below):
        unit = self.range >> 15
        place = min(32767, self.code // unit)
        nibble = sum(b <= place for b in below[1:16])
        self.code -= unit * below[nibble]
        self.range = unit * (below[nibble + 1] - below[nibble])
        self.shift()
        return nibble

    def shift(self):
        while self.range < 1 << 32:
            self.range = self.range << 32 & M64
            self.code = (self.code << 32 | self.next()) & M64


class BitModel:
    def __init__(self, c, n):
        self.p, self.n = 64 * c, n

    def decide(self, bits):
        bit = bits.decide(max(1, self.p >> 6))
        self.p += ((bit << 22) - self.p) * (131072 // (2 * self.n + 3)) >> 16
        self.n = min(self.n + 1, 120)
        return bit


class NumberModel:
    def __init__(self, u):
        self.more = [BitModel(65536 - 65536 // (2 + u), 2) if i < u else BitModel(21845, 2) for i in range(28)]
        self.high = {}

    def decide(self, bits):
        k = 0
        while k < 28 and self.more[k].decide(bits):
            k += 1
        if k < 2:
            return k
        value = 1
        for i in range(k - 1):
            if i < 3:
                value = value << 1 | self.high.setdefault((k, value), BitModel(32768, 0)).decide(bits)
            else:
                value = value << 1 | bits.decide(32768)
        return value


class Guesses:
    RECORD = [0, 0, 1, 2, 1, 1, 1, 2]

    def __init__(self):
        self.chances = {}
        self.texts = [1] * (1 << 14)
        self.alone = {}

    @staticmethod
    def after(history, bit):
        history = history << 1 | bit
        return history if history < 8 else 4 + history % 4

    def chance(self, kind, text, record):
        key = kind, text, record
        if key not in self.chances:
            a, m = kind & 15, kind >> 4 & 3
            p = 10 if kind == 128 else 4095 - 9000 // (3 + m + 2 * a) if m else 4095 - 6000 // (3 + 2 * a)
            hits = bin(text).count("1") - 1
            misses = log2(text) - hits
            self.chances[key] = BitModel(squash(stretch(p) + 55 * hits - 185 * misses + (0, -92, 37)[record]), 2)
        return self.chances[key]

    def trust(self, kind):
        return max(1, self.chance(kind, 1, 0).p >> 6)

    def decide(self, bits, guess, kind, second, target):
        a = kind & 15
        group = 6 if second else 7 if kind == 128 else (0 if a < 4 else 1 if a < 9 else 2) + (3 if kind & 48 else 0)
        h = ((last(target, 1) + 256 * last(target, 2) + 65536 * guess) * 0x9E3779B1 & 0xFFFFFFFF) >> 18
        alone = self.alone.get((group, guess), 1)
        bit = self.chance(kind, self.texts[h], self.RECORD[alone]).decide(bits)
        self.texts[h] = self.after(self.texts[h], bit)
        self.alone[group, guess] = self.after(alone, bit)
        return bit


class Context:
    RATES = [25206, 14246, 9929, 7620, 6182, 5201, 4488, 3947, 3523, 3181, 2899, 2664, 2463, 2291, 2141, 2340]

    def __init__(self):
        self.below = [2048 * i for i in range(16)] + [32768]
        self.seen = 0

    def share(self, nibble):
        return min(32767, self.below[nibble + 1]) - self.below[nibble]

    def learn(self, nibble):
        for i in range(1, 16):
            self.below[i] += ((32767 if i > nibble else 0) - self.below[i]) * self.RATES[self.seen] + 16384 >> 15
        self.seen = min(15, self.seen + 1)


class NewBytes:
    TOTAL = 32700

    def __init__(self):
        self.slots = {}
        self.users = {}
        self.weights = {}

    def contexts(self, target, guess, half):
        one = last(target, 1)
        v = (one + 256 * last(target, 2) + 65536 * half) * 0x9E3779B1 % (1 << 21)
        v = (v ^ v >> 11) * 0x85EBCA77 % (1 << 21)
        if self.users.get(v >> 8) != v >> 2:
            self.users[v >> 8] = v >> 2
            self.slots.pop((3, v >> 8), None)
        names = [(0, half), (1, 17 * one + half), (2, None if guess is None else 17 * guess + half), (3, v >> 8)]
        return [self.slots.setdefault(name, Context()) for name in names]

    def weights_of(self, low, contexts):
        few = [0, 1, 1] + [2] * 13
        key = low, few[contexts[1].seen], few[contexts[2].seen], min(3, contexts[3].seen)
        if key not in self.weights:
            parts = (1, 20, 60)[key[1]], (1, 10, 20)[key[2]], (1, 60, 100, 160)[key[3]]
            weights = [max(64, self.TOTAL * part // (20 + sum(parts))) for part in parts]
            self.weights[key] = [self.TOTAL - sum(weights)] + weights
        return self.weights[key]

    def nibble(self, bits, target, guess, half, never):
        contexts = self.contexts(target, guess, half)
        weights = self.weights_of(half > 0, contexts)
        below = [0] + [4 * i + sum(c.below[i] * w + 16384 >> 15 for c, w in zip(contexts, weights)) for i in range(1, 16)] + [32768]
        if never is not None:
            share = min(32767, below[never + 1]) - below[never] - 4
            scale = (1 << 30) // (32768 - share)
            below[1:16] = [(b - (share if i > never else 0)) * scale >> 15 for i, b in enumerate(below[1:16], 1)]
        nibble = bits.nibble(below)
        self.learn_weights(weights, contexts, nibble, below[nibble + 1] - below[nibble])
        for context in contexts:
            context.learn(nibble)
        return nibble

    def learn_weights(self, weights, contexts, nibble, size):
        inverse = (1 << 20) // size
        after = []
        for context, weight in zip(contexts[1:], weights[1:]):
            ratio = min(2048, context.share(nibble) * inverse >> 14)
            after.append(weight + (weight * (ratio - 64) >> 11))
        after = [self.TOTAL - sum(after)] + after
        if min(after) >= 64:
            weights[:] = after

    def decide(self, bits, target, guess):
        high = self.nibble(bits, target, guess, 0, None)
        return high << 4 | self.nibble(bits, target, guess, 1 + high, guess & 15 if high == guess >> 4 else None)

    def learn(self, before, value):
        for half, nibble in ((0, value >> 4), (1 + (value >> 4), value & 15)):
            contexts = self.contexts(before, None, half)
            for i in (0, 1, 3):
                contexts[i].learn(nibble)


def last(text, i):
    return text[-i] if len(text) >= i else 0


class Trail:
    def __init__(self, text, at, agreed, run=0):
        self.text, self.at, self.agreed, self.run, self.misses = text, at, agreed, run, [0] * 8

    def kind(self, texts):
        a = self.agreed
        if a > 8:
            a = next((i for i, most in ((9, 12), (10, 16), (11, 24), (12, 32), (13, 48), (14, 64)) if a <= most), 15)
        return a + 16 * min(3, sum(self.misses))


class Dense:
    def __init__(self, first, second, usual):
        self.texts = [first, second, bytearray()]
        self.usual = usual
        self.restart()

    def restart(self):
        text = 1 if not self.texts[0] and self.texts[1] else 0
        at = min(len(self.texts[2]), len(self.texts[text]))
        self.elder = Trail(text, at, 64, 32) if at < len(self.texts[text]) else None
        self.younger = None
        self.lost = (text, at)
        self.counts = [NumberModel(6), NumberModel(5)]
        self.stops = [BitModel(21845, 1), BitModel(21845, 1)]
        self.goes_on = BitModel(8192, 2)
        self.not_last = BitModel(8192, 2)
        self.gives_up = BitModel(8192, 2)
        self.prepared = False
        self.fast = None

    def prepare(self):
        self.prepared = True
        self.noted = {}
        self.tables = []
        for base in self.texts[:2]:
            t = min(17, max(10, 1 + log2(max(1, len(base) // 4))))
            table = {}
            for at in range((len(base) - 8) // 4 * 4, -1, -4):
                table[self.six(base[at:at + 6], t)] = at
            self.tables.append((table, t))
        self.guesses = Guesses()
        self.bytes = NewBytes()
        self.block = None
        self.budget = 2048
        self.learnt = 0

    @staticmethod
    def six(six, t):
        return (65536 * int.from_bytes(six, "little") * 0x9E3779B97F4A7C15 & M64) >> (64 - t)

    def note(self, before, number):
        if number < (1 << 31) - 1:
            self.noted[self.four(before)] = number

    @staticmethod
    def four(before):
        return (sum(last(before, i) << 8 * (4 - i) for i in (1, 2, 3, 4)) * 0x9E3779B1 & 0xFFFFFFFF) >> 17

    def search(self):
        target = self.texts[2]
        origins = (0, len(self.texts[0]), len(self.texts[0]) + len(self.texts[1]))
        places = []
        number = self.noted.get(self.four(target))
        if number is not None:
            text = max(i for i in range(3) if number >= origins[i] and (i == 2 or self.texts[i]))
            if text != 2 or len(target) - (number - origins[2]) <= 1048544:
                places.append((text, number - origins[text]))
        six = bytes(last(target, i) for i in (6, 5, 4, 3, 2, 1))
        for text in (0, 1):
            table, t = self.tables[text]
            at = table.get(self.six(six, t))
            if at is not None:
                places.append((text, at + 6))
        best = max(3, self.younger.agreed if self.younger else 0)
        for text, at in places:
            if any(trail and (trail.text, trail.at) == (text, at) for trail in (self.elder, self.younger)) or at >= len(self.texts[text]):
                continue
            agreed = 0
            while agreed < min(32, at, len(target)) and self.texts[text][at - 1 - agreed] == target[-1 - agreed]:
                agreed += 1
            if agreed > best:
                best = agreed
                self.younger = Trail(text, at, agreed)

    def read_around(self):
        if self.elder and self.elder.text < 2:
            self.lost = (self.elder.text, self.elder.at)
        text, place = self.lost
        block = place // 64
        if self.block == (text, block):
            return
        base = self.texts[text]
        for i in range(block, block + 2):
            known = self.block and self.block[0] == text and self.block[1] <= i <= self.block[1] + 1
            if self.budget > 0 and 64 * i < len(base) and not known:
                learns = self.learnt < 512
                end = min(len(base), 64 * i + 64)
                for at in range(max(4, 64 * i), end):
                    if at % 2 == 0:
                        self.note(base[at - 4:at], at + (len(self.texts[0]) if text else 0))
                    if learns:
                        self.bytes.learn(base[at - 2:at], base[at])
                self.budget -= end - 64 * i
                self.learnt += max(0, end - max(4, 64 * i))
        self.block = (text, block)

    def read(self, payload):
        if self.fast:
            return self.fast.segment(payload)
        bits = Bits(payload)
        target = self.texts[2]
        full = len(target) + SEGMENT
        while len(target) < full and self.step(bits, full):
            pass
        if not self.not_last.decide(bits):
            return True
        if self.gives_up.decide(bits):
            self.fast = fast_decoder.Decoder(self.usual, self.texts[0], self.texts[1])
            self.fast.target = target
            return self.fast.segment(payload[bits.at:])
        return False

    def step(self, bits, full):
        target = self.texts[2]
        wrong = False
        if self.elder and self.elder.run >= 32:
            trail = self.elder
            self.younger = None
            text = self.texts[trail.text]
            room = full - len(target) if trail.text == 2 else min(full - len(target), len(text) - trail.at)
            which = 0 if trail.agreed >= 64 else 1
            count = self.counts[which].decide(bits) if self.stops[which].decide(bits) else room
            if count > room:
                raise ValueError("beyond its room")
            for _ in range(count):
                target.append(text[trail.at])
                trail.at += 1
            trail.agreed += count
            if trail.text < 2 and trail.at == len(text):
                self.elder = None
                return len(target) < full and self.goes_on.decide(bits)
            if len(target) == full:
                return True
            wrong = True
        return self.byte(bits, wrong)

    def byte(self, bits, wrong):
        target = self.texts[2]
        if not self.prepared:
            self.prepare()
        plain = not wrong and self.elder and not self.younger and self.elder.run >= 1
        if (not self.elder or self.elder.run == 0) and (not self.younger or self.younger.agreed < 16):
            self.search()
        asked = []
        for trail, extra in ((self.elder, 0), (self.younger, 64)):
            if trail:
                guess = self.texts[trail.text][trail.at]
                if not any(guess == other for other, _ in asked):
                    asked.append((guess, extra + trail.kind(self.texts)))
        if not asked:
            asked = [(0, 128)]
        if len(asked) == 2 and not wrong and self.guesses.trust(asked[1][1]) > self.guesses.trust(asked[0][1]):
            asked.reverse()
        if not wrong and self.guesses.decide(bits, asked[0][0], asked[0][1], False, target):
            value = asked[0][0]
        else:
            plain = False
            self.read_around()
            if len(asked) == 2 and self.guesses.decide(bits, asked[1][0], asked[1][1], True, target):
                value = asked[1][0]
            else:
                value = self.bytes.decide(bits, target, asked[0][0])
                if value == asked[0][0]:
                    return False
        self.budget += 4
        if not plain:
            self.note(target, len(self.texts[0]) + len(self.texts[1]) + len(target))
        guesses = [self.texts[trail.text][trail.at] if trail else None for trail in (self.elder, self.younger)]
        target.append(value)
        self.elder, at_end = self.go_on(self.elder, guesses[0], value)
        self.younger, also_at_end = self.go_on(self.younger, guesses[1], value)
        if self.younger:
            if not self.elder or (self.younger.run >= 32 and self.younger.run > self.elder.run):
                self.elder, self.younger = self.younger, None
            elif self.elder.run >= 16 or (self.elder.run >= 8 and self.elder.run > self.younger.run):
                self.younger = None
        return not (at_end or also_at_end) or self.goes_on.decide(bits)

    def go_on(self, trail, guess, value):
        if not trail:
            return None, False
        right = guess == value
        trail.at += 1
        trail.agreed = trail.agreed + 1 if right else 0
        trail.run = trail.run + 1 if right else 0
        trail.misses = trail.misses[1:] + [0 if right else 1]
        if sum(trail.misses) >= 5:
            return None, False
        if trail.text < 2 and trail.at == len(self.texts[trail.text]):
            return None, right
        return trail, False


def decode(first, second, delta, usual):
    dense = Dense(first, second, usual)
    at, ended = 0, False
    while not ended:
        head = delta[at]
        at += 1
        if head < 0xE0:
            length = head
        elif head < 0xFE:
            length = 224 + (head - 224) * 256 + delta[at]
            at += 1
        else:
            length = int.from_bytes(delta[at:at + 3], "little")
            at += 3
        if head == 0xFF:
            ended = length >> 23 == 1
            length &= (1 << 23) - 1
            dense.texts[2] += delta[at:at + length]
            dense.restart()
        else:
            ended = dense.read(delta[at:at + length])
        at += length
    return bytes(dense.texts[2])


def main(vectors, page):
    usual = fast_decoder.usual(open(page, encoding="utf-8").read())
    wrong = 0
    for line in open(vectors, encoding="ascii"):
        name, *fields = line.rstrip("\n").split("\t")
        first, second, target, delta = map(bytes.fromhex, fields)
        if decode(first, second, delta, usual) != target:
            print(name)
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
