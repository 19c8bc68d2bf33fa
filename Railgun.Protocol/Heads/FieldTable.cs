namespace Railgun.Protocol.Heads;

/// <summary>
/// The fields that a lane has seen in one direction. Encoder and decoder each own one and change it in the same way, in wire order, so that a slot
/// number means the same on both sides. An entry also remembers which entry followed it last: a head like the last one is then one short run.
/// </summary>
/// <remarks>Bounded by bytes and by slots; the entry not used for longest makes room. Lookup by content is the encoder's alone (<see cref="FieldIndex"/>).</remarks>
internal sealed class FieldTable
{
    /// <summary>The most bytes that a table may be announced with: names, values and <see cref="EntryOverhead"/> an entry.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>What an entry counts beyond its text.</summary>
    public const int EntryOverhead = 32;

    /// <summary>The most entries.</summary>
    public const int MaxSlots = 1024;

    /// <summary>No slot.</summary>
    public const int None = -1;

    private readonly int _limit;
    private readonly int[] _starts = [None, None, None, None];
    private Entry[] _entries = new Entry[32];
    private int _used;
    private int _freeHead = None;
    private int _newest = None;
    private int _oldest = None;
    private int _bytes;

    /// <summary>Makes an empty table of at most <paramref name="limit"/> bytes, 0 to <see cref="MaxBytes"/>.</summary>
    public FieldTable(int limit) => _limit = limit;

    /// <summary>Bytes held now.</summary>
    public int Bytes => _bytes;

    /// <summary>Called with the slot of each entry that makes room, before it goes.</summary>
    public Action<int>? Evicting { get; set; }

    /// <summary>Whether a field may become an entry: it takes at most a quarter of the table.</summary>
    public bool Fits(string name, string value) => Size(name, value) <= _limit / 4;

    /// <summary>Whether the slot holds an entry.</summary>
    public bool Holds(int slot) => (uint)slot < (uint)_used && _entries[slot].Name is not null;

    /// <summary>The field in a slot that holds one.</summary>
    public HeadField this[int slot] => new(_entries[slot].Name!, _entries[slot].Value!);

    /// <summary>The entry that followed last, after <paramref name="previous"/> or (where that is <see cref="None"/>) at the start of a head of this kind.</summary>
    public int Predict(HeadKind kind, int previous)
    {
        int next = previous == None ? _starts[(int)kind] : _entries[previous].Next;
        return Holds(next) ? next : None;
    }

    /// <summary>Remembers that <paramref name="slot"/> followed.</summary>
    public void Follow(HeadKind kind, int previous, int slot)
    {
        if (previous == None)
        {
            _starts[(int)kind] = slot;
        }
        else if (_entries[previous].Name is not null)
        {
            // An entry that has just made room for its successor keeps its place in the free list.
            _entries[previous].Next = slot;
        }
    }

    /// <summary>Marks the entry as used just now.</summary>
    public void Touch(int slot)
    {
        if (slot != _newest)
        {
            Unlink(slot);
            LinkNewest(slot);
        }
    }

    /// <summary>Adds an entry that is expected to be followed by what followed <paramref name="like"/>; returns its slot.</summary>
    public int Insert(string name, string value, int like)
    {
        int next = like == None ? None : _entries[like].Next;
        int size = Size(name, value);
        while (_oldest != None && (_bytes + size > _limit || (_freeHead == None && _used == MaxSlots)))
        {
            Evict(_oldest);
        }

        int slot = TakeSlot();
        _entries[slot] = new Entry { Name = name, Value = value, Next = next };
        _bytes += size;
        LinkNewest(slot);
        return slot;
    }

    private static int Size(string name, string value) => name.Length + value.Length + EntryOverhead;

    private int TakeSlot()
    {
        if (_freeHead != None)
        {
            int free = _freeHead;
            _freeHead = _entries[free].Next;
            return free;
        }

        if (_used == _entries.Length)
        {
            Array.Resize(ref _entries, Math.Min(_used * 2, MaxSlots));
        }

        return _used++;
    }

    private void Evict(int slot)
    {
        Evicting?.Invoke(slot);
        Unlink(slot);
        _bytes -= Size(_entries[slot].Name!, _entries[slot].Value!);
        _entries[slot] = new Entry { Next = _freeHead };
        _freeHead = slot;
    }

    private void LinkNewest(int slot)
    {
        _entries[slot].Older = _newest;
        _entries[slot].Newer = None;
        if (_newest != None)
        {
            _entries[_newest].Newer = slot;
        }
        else
        {
            _oldest = slot;
        }

        _newest = slot;
    }

    private void Unlink(int slot)
    {
        (int older, int newer) = (_entries[slot].Older, _entries[slot].Newer);
        if (older != None)
        {
            _entries[older].Newer = newer;
        }
        else
        {
            _oldest = newer;
        }

        if (newer != None)
        {
            _entries[newer].Older = older;
        }
        else
        {
            _newest = older;
        }
    }

    private struct Entry
    {
        public string? Name;
        public string? Value;
        public int Next;
        public int Older;
        public int Newer;
    }
}
