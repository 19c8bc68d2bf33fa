namespace Railgun.Protocol.Heads;

/// <summary>
/// The fields, and pieces of fields, that a lane has seen in one direction. Encoder and decoder each own one and change it in the same way, in wire order, so that it
/// is the same on both sides. An entry also remembers what followed it last: a head like the last one then costs next to nothing.
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

    /// <summary>In place of a slot: the end.</summary>
    public const int End = -2;

    private readonly int _limit;
    private Entry[] _entries = new Entry[32];
    private int _used;
    private int _freeHead = None;
    private int _newest = None;
    private int _oldest = None;

    /// <summary>Makes an empty table of at most <paramref name="limit"/> bytes, 0 to <see cref="MaxBytes"/>.</summary>
    public FieldTable(int limit) => _limit = limit;

    /// <summary>The names of the entries, and static ones.</summary>
    public NameTable Names { get; } = new();

    /// <summary>Bytes held now.</summary>
    public int Bytes { get; private set; }

    /// <summary>The date that others are told relative to: the value of the last date field, in seconds since 1970.</summary>
    public long Date { get; private set; }

    /// <summary>Called with the slot of each entry that makes room, before it goes.</summary>
    public Action<int>? Evicting { get; set; }

    /// <summary>Whether the slot holds an entry.</summary>
    public bool Holds(int slot) => (uint)slot < (uint)_used && _entries[slot].Value is not null;

    /// <summary>The name of the entry in a slot that holds one.</summary>
    public int NameOf(int slot) => _entries[slot].Name;

    /// <summary>The value of the entry in a slot that holds one.</summary>
    public string ValueOf(int slot) => _entries[slot].Value!;

    /// <summary>What is expected to follow <paramref name="place"/>: a slot, <see cref="End"/> or <see cref="None"/>.</summary>
    public int Predict(in Place place)
    {
        int next = place.AtStart ? Names.State(place.Name).First : Holds(place.Slot) ? _entries[place.Slot].Next : None;
        if (next == End)
        {
            return End;
        }

        // What made room since is no longer expected, nor is what a piece took the slot of.
        return Holds(next) && place.MayBeFollowedBy(_entries[next].Name) ? next : None;
    }

    /// <summary>How the predictions after <paramref name="place"/> have proved, where there is one.</summary>
    public ref byte HistoryOf(in Place place) => ref place.AtStart ? ref Names.State(place.Name).FirstHistory : ref _entries[place.Slot].History;

    /// <summary>Remembers that <paramref name="next"/>, a slot or <see cref="End"/>, followed <paramref name="place"/>.</summary>
    public void Follow(in Place place, int next)
    {
        if (place.AtStart)
        {
            Names.State(place.Name).First = next;
        }
        else if (Holds(place.Slot))
        {
            _entries[place.Slot].Next = next;
        }
    }

    /// <summary>The entry was used just now.</summary>
    public void Touch(int slot)
    {
        MeetDate(_entries[slot].Name, _entries[slot].Seconds);
        if (slot != _newest)
        {
            Unlink(slot);
            LinkNewest(slot);
        }

        ref NameState name = ref Names.State(_entries[slot].Name);
        if (slot != name.Newest)
        {
            UnlinkFromName(slot);
            LinkToName(slot);
        }
    }

    /// <summary>
    /// A field or piece was met that is no entry yet: it becomes one, if it takes at most a quarter of the table; returns its slot or <see cref="None"/>. <paramref name="seconds"/> is its value where that is a date, else -1.
    /// </summary>
    public int Enter(int name, string value, long seconds)
    {
        MeetDate(name, seconds);
        int size = Size(name, value);
        if (size > _limit / 4)
        {
            return None;
        }

        while (_oldest != None && (Bytes + size > _limit || (_freeHead == None && _used == MaxSlots)))
        {
            Evict(_oldest);
        }

        int slot = TakeSlot();
        _entries[slot] = new Entry { Name = name, Value = value, Seconds = seconds, Next = None, History = Heads.History.Empty };
        Bytes += size;
        Names.Gain(name);
        LinkNewest(slot);
        LinkToName(slot);
        return slot;
    }

    /// <summary>How many entries of the same name were used since this one was; <paramref name="skipped"/> does not count.</summary>
    public int RankOf(int slot, int skipped)
    {
        int rank = 0;
        for (int at = Names.State(_entries[slot].Name).Newest; at != slot; at = _entries[at].OlderOfName)
        {
            rank += at == skipped ? 0 : 1;
        }

        return rank;
    }

    /// <summary>The other way round: the entry of that name and rank, which must be below the number of entries.</summary>
    public int AtRank(int name, int rank, int skipped)
    {
        int at = Names.State(name).Newest;
        while (at == skipped || rank > 0)
        {
            rank -= at == skipped ? 0 : 1;
            at = _entries[at].OlderOfName;
        }

        return at;
    }

    private int Size(int name, string value) => Names[name].Length + value.Length + EntryOverhead;

    private void MeetDate(int name, long seconds)
    {
        if (seconds >= 0 && StaticNames.IsDate(Names[name]))
        {
            Date = seconds;
        }
    }

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
        int name = _entries[slot].Name;
        Unlink(slot);
        UnlinkFromName(slot);
        Bytes -= Size(name, _entries[slot].Value!);
        _entries[slot] = new Entry { Next = _freeHead };
        _freeHead = slot;
        Names.Lose(name);
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

    private void LinkToName(int slot)
    {
        ref NameState name = ref Names.State(_entries[slot].Name);
        _entries[slot].OlderOfName = name.Newest;
        _entries[slot].NewerOfName = None;
        if (name.Newest != None)
        {
            _entries[name.Newest].NewerOfName = slot;
        }

        name.Newest = slot;
    }

    private void UnlinkFromName(int slot)
    {
        (int older, int newer) = (_entries[slot].OlderOfName, _entries[slot].NewerOfName);
        if (older != None)
        {
            _entries[older].NewerOfName = newer;
        }

        if (newer != None)
        {
            _entries[newer].OlderOfName = older;
        }
        else
        {
            Names.State(_entries[slot].Name).Newest = older;
        }
    }

    private struct Entry
    {
        public string? Value;
        public int Name;
        public int Next;
        public int Older;
        public int Newer;
        public int OlderOfName;
        public int NewerOfName;
        public long Seconds;
        public byte History;
    }
}
