using System.Globalization;

namespace Railgun.Protocol.Heads;

/// <summary>Writes the values of fields, and the pieces of values, that were not predicted.</summary>
internal sealed class ValueEncoder
{
    private readonly FieldTable _table;
    private readonly FieldIndex _index;
    private readonly RangeEncoder _range;
    private readonly HeadModel _pieces = new();

    /// <summary>Writes to <paramref name="range"/>.</summary>
    public ValueEncoder(FieldTable table, FieldIndex index, RangeEncoder range)
    {
        _table = table;
        _index = index;
        _range = range;
    }

    /// <summary>Writes a value of a name that is known by now; it is not that of the <paramref name="predicted"/> slot. Returns the slot of its entry or <see cref="FieldTable.None"/>.</summary>
    public int Write(HeadModel model, int name, string value, int predicted)
    {
        int slot = FieldTable.None;
        bool skips = predicted >= 0 && _table.NameOf(predicted) == name;
        ref NameState state = ref _table.Names.State(name);
        if (state.Entries > (skips ? 1 : 0))
        {
            slot = _index.Find(name, value);
            _range.Bit(ref model.NewValue[state.NewHistory], slot == FieldTable.None);
            History.Append(ref state.NewHistory, slot == FieldTable.None);
        }

        if (slot != FieldTable.None)
        {
            _range.Number(model.Rank, (ulong)_table.RankOf(slot, predicted));
            _table.Touch(slot);
            return slot;
        }

        long seconds = WriteNew(model, name, value);
        slot = _table.Enter(name, value, seconds);
        if (slot != FieldTable.None)
        {
            _index.Add(name, value, slot);
        }

        return slot;
    }

    /// <summary>Returns the seconds of a date, else -1.</summary>
    private long WriteNew(HeadModel model, int name, string value)
    {
        Span<Range> pieces = stackalloc Range[Pieces.Max];
        int count = 0;
        ValueForm form;
        if (FixDate.TryRead(value, out long seconds))
        {
            form = ValueForm.Date;
        }
        else if (IsNumber(value))
        {
            form = ValueForm.Number;
        }
        else if (model == _pieces || !Pieces.TryGetForm(_table.Names[name], out form) || (count = Pieces.Split(value, form, pieces)) == 0)
        {
            form = BestText(value, _table.Names.State(name).LastForm);
        }

        WriteForm(model, name, form);
        switch (form)
        {
            case ValueForm.Date:
                WriteDate(model, name, seconds);
                return seconds;
            case ValueForm.Number:
                _range.Number(model.Decimal, ulong.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture));
                return -1;
            case ValueForm.Text or ValueForm.Hex or ValueForm.Base64:
                WriteText(model, name, form, value);
                return -1;
            default:
                WritePieces(form, value, pieces[..count]);
                return -1;
        }
    }

    private void WriteForm(HeadModel model, int name, ValueForm form)
    {
        ref NameState state = ref _table.Names.State(name);
        int node = 1;
        for (int bit = 2; bit >= 0; bit--)
        {
            bool set = (((int)form >> bit) & 1) != 0;
            _range.Bit(ref model.FormBit(state.LastForm, node), set);
            node = (node << 1) | (set ? 1 : 0);
        }

        state.LastForm = form;
    }

    private void WriteDate(HeadModel model, int name, long seconds)
    {
        ref NameState state = ref _table.Names.State(name);
        long offset = seconds - _table.Date;
        _range.Bit(ref model.SameOffset, offset == state.LastOffset);
        if (offset != state.LastOffset)
        {
            _range.Bit(ref model.Before, offset < 0);
            _range.Number(offset < 0 ? model.SecondsBefore : model.SecondsBehind, (ulong)Math.Abs(offset));
        }

        state.LastOffset = offset;
    }

    private void WriteText(HeadModel model, int name, ValueForm form, string value)
    {
        ref NameState state = ref _table.Names.State(name);
        _range.Bit(ref model.SameLength, value.Length == state.LastLength);
        if (value.Length != state.LastLength)
        {
            _range.Number(model.Length, (ulong)value.Length);
        }

        state.LastLength = value.Length;
        Alphabet alphabet = Alphabet.Of(form);
        foreach (char symbol in value)
        {
            _range.Symbol(alphabet, (byte)symbol);
        }
    }

    private void WritePieces(ValueForm form, string value, ReadOnlySpan<Range> pieces)
    {
        int name = Pieces.NameOf(form);
        var place = Place.Start(name);
        foreach (Range piece in pieces)
        {
            int predicted = _table.Predict(place);
            bool hit = predicted >= 0 && value.AsSpan()[piece].SequenceEqual(_table.ValueOf(predicted));
            WriteHit(place, predicted, hit, ends: false);
            int slot = predicted;
            if (hit)
            {
                _table.Touch(slot);
            }
            else
            {
                slot = Write(_pieces, name, value[piece], predicted);
                if (slot != FieldTable.None)
                {
                    _table.Follow(place, slot);
                }
            }

            place = new Place(name, slot, AtStart: false);
        }

        int last = _table.Predict(place);
        WriteHit(place, last, last == FieldTable.End, ends: true);
        _table.Follow(place, FieldTable.End);
    }

    private void WriteHit(in Place place, int predicted, bool hit, bool ends)
    {
        if (predicted != FieldTable.None)
        {
            ref byte history = ref _table.HistoryOf(place);
            _range.Bit(ref _pieces.Hit[history], hit);
            History.Append(ref history, hit);
        }

        if (!hit && predicted != FieldTable.End && !place.AtStart)
        {
            _range.Bit(ref _pieces.End, ends);
        }
    }

    private static ValueForm BestText(string value, ValueForm last)
    {
        ValueForm best = ValueForm.Text;
        int least = int.MaxValue;
        for (ValueForm form = ValueForm.Text; form <= ValueForm.Base64; form++)
        {
            // Two bits or so to change: the form is learnt.
            int cost = Alphabet.Of(form).Cost(value) + (form == last ? 0 : 16);
            if (cost < least)
            {
                (best, least) = (form, cost);
            }
        }

        return best;
    }

    private static bool IsNumber(string value) =>
        value.Length is > 0 and <= 18 && !value.AsSpan().ContainsAnyExceptInRange('0', '9') && (value[0] != '0' || value.Length == 1);
}
