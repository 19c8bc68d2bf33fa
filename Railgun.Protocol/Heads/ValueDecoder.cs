using System.Globalization;
using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Heads;

/// <summary>The other side of <see cref="ValueEncoder"/>.</summary>
internal sealed class ValueDecoder
{
    private const ulong MaxNumber = 999_999_999_999_999_999;

    private readonly FieldTable _table;
    private readonly HeadModel _pieces = new();
    private byte[] _bytes = new byte[256];
    private char[] _joined = new char[256];

    /// <summary>Reads values of <paramref name="table"/>.</summary>
    public ValueDecoder(FieldTable table) => _table = table;

    /// <summary>
    /// Reads a value of that name; it is not that of the <paramref name="predicted"/> slot. Returns the slot of its entry or <see cref="FieldTable.None"/>. Its length is taken from
    /// <paramref name="textLeft"/> before memory is taken for it. <paramref name="value"/> is null if there is no such value.
    /// </summary>
    public int Read(ref RangeDecoder range, HeadModel model, int name, int predicted, ref int textLeft, out string? value)
    {
        bool skips = predicted >= 0 && _table.NameOf(predicted) == name;
        ref NameState state = ref _table.Names.State(name);
        int others = state.Entries - (skips ? 1 : 0);
        if (others > 0)
        {
            bool isNew = range.Bit(ref model.NewValue[state.NewHistory]);
            History.Append(ref state.NewHistory, isNew);
            if (!isNew)
            {
                return ReadKnown(ref range, model, name, predicted, others, ref textLeft, out value);
            }
        }

        long seconds = -1;
        value = ReadNew(ref range, model, name, ref textLeft, ref seconds);
        return value is null ? FieldTable.None : _table.Enter(name, value, seconds);
    }

    /// <summary>Reads bytes of an alphabet; valid until the next read. The length has been checked.</summary>
    public ReadOnlySpan<byte> ReadBytes(ref RangeDecoder range, Alphabet alphabet, int length)
    {
        if (length > _bytes.Length)
        {
            _bytes = new byte[Math.Max(length, 2 * _bytes.Length)];
        }

        Span<byte> bytes = _bytes.AsSpan(0, length);
        for (int i = 0; i < bytes.Length && !range.Failed; i++)
        {
            bytes[i] = range.Symbol(alphabet);
        }

        return bytes;
    }

    private int ReadKnown(ref RangeDecoder range, HeadModel model, int name, int predicted, int others, ref int textLeft, out string? value)
    {
        value = null;
        int rank = (int)range.Number(model.Rank, (ulong)others - 1);
        if (range.Failed)
        {
            return FieldTable.None;
        }

        int slot = _table.AtRank(name, rank, predicted);
        if (Spend(_table.ValueOf(slot).Length, ref textLeft))
        {
            value = _table.ValueOf(slot);
            _table.Touch(slot);
        }

        return slot;
    }

    private string? ReadNew(ref RangeDecoder range, HeadModel model, int name, ref int textLeft, ref long seconds)
    {
        ValueForm form = ReadForm(ref range, model, name);
        switch (form)
        {
            case ValueForm.Date:
                seconds = ReadDate(ref range, model, name);
                return seconds < 0 || !Spend(FixDate.Length, ref textLeft) ? null : FixDate.Text(seconds);
            case ValueForm.Number:
                string number = range.Number(model.Decimal, MaxNumber).ToString(CultureInfo.InvariantCulture);
                return Spend(number.Length, ref textLeft) ? number : null;
            case ValueForm.Text or ValueForm.Hex or ValueForm.Base64:
                return ReadText(ref range, model, name, form, ref textLeft);
            default:
                return model == _pieces ? null : ReadPieces(ref range, form, ref textLeft);
        }
    }

    private ValueForm ReadForm(ref RangeDecoder range, HeadModel model, int name)
    {
        ref NameState state = ref _table.Names.State(name);
        int node = 1;
        for (int bit = 0; bit < 3; bit++)
        {
            node = (node << 1) | (range.Bit(ref model.FormBit(state.LastForm, node)) ? 1 : 0);
        }

        state.LastForm = (ValueForm)(node & 7);
        return state.LastForm;
    }

    /// <summary>The seconds, or -1 for a date that cannot be written.</summary>
    private long ReadDate(ref RangeDecoder range, HeadModel model, int name)
    {
        ref NameState state = ref _table.Names.State(name);
        if (!range.Bit(ref model.SameOffset))
        {
            bool before = range.Bit(ref model.Before);
            long offset = (long)range.Number(before ? model.SecondsBefore : model.SecondsBehind, FixDate.Max);
            state.LastOffset = before ? -offset : offset;
        }

        long seconds = _table.Date + state.LastOffset;
        return seconds is >= 0 and <= FixDate.Max ? seconds : -1;
    }

    private string? ReadText(ref RangeDecoder range, HeadModel model, int name, ValueForm form, ref int textLeft)
    {
        ref NameState state = ref _table.Names.State(name);
        if (!range.Bit(ref model.SameLength))
        {
            state.LastLength = (int)range.Number(model.Length, Limits.MaxHead);
        }

        if (range.Failed || !Spend(state.LastLength, ref textLeft))
        {
            return null;
        }

        ReadOnlySpan<byte> text = ReadBytes(ref range, Alphabet.Of(form), state.LastLength);
        return range.Failed || !FieldText.IsValue(text) ? null : FieldText.Make(text);
    }

    private string? ReadPieces(ref RangeDecoder range, ValueForm form, ref int textLeft)
    {
        int name = Pieces.NameOf(form);
        string separator = Pieces.Separator(form);
        var place = Place.Start(name);
        int length = 0;
        for (int count = 0; count <= Pieces.Max; count++)
        {
            int predicted = _table.Predict(place);
            bool hit = ReadHit(ref range, place, predicted, out bool ends);
            if (range.Failed)
            {
                return null;
            }

            if (ends)
            {
                _table.Follow(place, FieldTable.End);
                return new string(_joined, 0, length);
            }

            int slot = predicted;
            string? piece = hit ? TakePredicted(slot, ref textLeft) : null;
            if (!hit)
            {
                slot = Read(ref range, _pieces, name, predicted, ref textLeft, out piece);
            }

            if (piece is null || (count > 0 && Pieces.IsSeparated(form, piece) && !Append(separator, ref length, ref textLeft)))
            {
                return null;
            }

            Copy(piece, ref length);
            if (!hit && slot != FieldTable.None)
            {
                _table.Follow(place, slot);
            }

            place = new Place(name, slot, AtStart: false);
        }

        return null;
    }

    private bool ReadHit(ref RangeDecoder range, in Place place, int predicted, out bool ends)
    {
        bool hit = false;
        if (predicted != FieldTable.None)
        {
            ref byte history = ref _table.HistoryOf(place);
            hit = range.Bit(ref _pieces.Hit[history]);
            History.Append(ref history, hit);
        }

        ends = predicted == FieldTable.End ? hit : !hit && !place.AtStart && range.Bit(ref _pieces.End);
        return hit;
    }

    private string? TakePredicted(int slot, ref int textLeft)
    {
        if (!Spend(_table.ValueOf(slot).Length, ref textLeft))
        {
            return null;
        }

        _table.Touch(slot);
        return _table.ValueOf(slot);
    }

    private bool Append(string separator, ref int length, ref int textLeft)
    {
        bool fits = Spend(separator.Length, ref textLeft);
        if (fits)
        {
            Copy(separator, ref length);
        }

        return fits;
    }

    private void Copy(string text, ref int length)
    {
        if (length + text.Length > _joined.Length)
        {
            Array.Resize(ref _joined, Math.Max(2 * _joined.Length, length + text.Length));
        }

        text.CopyTo(_joined.AsSpan(length));
        length += text.Length;
    }

    private static bool Spend(int length, ref int textLeft)
    {
        textLeft -= length;
        return textLeft >= 0;
    }
}
