using System.Numerics;
using System.Text;
using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Heads;

/// <summary>
/// The other side of <see cref="HeadEncoder"/>: every block of the lane must pass through it in wire order, also those of streams that nobody reads
/// any more. After a failure the state is lost and the lane must end.
/// </summary>
internal sealed class HeadDecoder
{
    private readonly FieldTable _table;
    private readonly HeadPath _path;
    private readonly HeadModel _model = new();
    private readonly ValueDecoder _values;
    private readonly FieldList _read = new();
    private int _textLeft;

    /// <summary>Makes a decoder whose table has at most as many bytes as this side announced.</summary>
    public HeadDecoder(int tableBytes)
    {
        _table = new FieldTable(tableBytes);
        _path = new HeadPath(_table);
        _values = new ValueDecoder(_table);
    }

    /// <summary>What it has seen.</summary>
    internal FieldTable Table => _table;

    /// <summary>Reads the block of a request.</summary>
    public HeadStatus Decode(ReadOnlySpan<byte> block, out RequestHead? head)
    {
        head = null;
        HeadStatus status = DecodeFields(block, HeadKind.Request);
        if (status != HeadStatus.Done)
        {
            return status;
        }

        string? method = _read.ValueAt(0, ControlName.Method);
        string? scheme = _read.ValueAt(1, ControlName.Scheme);
        string? authority = _read.ValueAt(2, ControlName.Authority);
        string? target = _read.ValueAt(3, ControlName.Target);
        string? protocol = _read.ValueAt(4, ControlName.Protocol);
        if (method is null || scheme is null || authority is null || target is null)
        {
            return HeadStatus.Malformed;
        }

        FieldList fields = _read.From(protocol is null ? 4 : 5);
        if (HasControlData(fields))
        {
            return HeadStatus.Malformed;
        }

        head = new RequestHead { Method = method, Scheme = scheme, Authority = authority, Target = target, Protocol = protocol, Fields = fields };
        return HeadStatus.Done;
    }

    /// <summary>Reads the block of a final or informational response.</summary>
    public HeadStatus Decode(ReadOnlySpan<byte> block, HeadKind kind, out ResponseHead? head)
    {
        head = null;
        HeadStatus status = DecodeFields(block, kind);
        if (status != HeadStatus.Done)
        {
            return status;
        }

        if (_read.ValueAt(0, ControlName.Status) is not { } text)
        {
            return HeadStatus.Malformed;
        }

        FieldList fields = _read.From(1);
        int code = ControlName.ParseStatus(text);
        bool fitting = kind == HeadKind.Informational ? code is >= 100 and < 200 and not 101 : code is 101 or >= 200;
        if (!fitting || HasControlData(fields))
        {
            return HeadStatus.Malformed;
        }

        head = new ResponseHead { Status = code, Fields = fields };
        return HeadStatus.Done;
    }

    /// <summary>Reads the block of a trailer section.</summary>
    public HeadStatus Decode(ReadOnlySpan<byte> block, out FieldList trailers)
    {
        HeadStatus status = DecodeFields(block, HeadKind.Trailers);
        trailers = _read.From(0);
        return status == HeadStatus.Done && HasControlData(trailers) ? HeadStatus.Malformed : status;
    }

    // The list that fields are read into is used again for every head.
    private HeadStatus DecodeFields(ReadOnlySpan<byte> block, HeadKind kind)
    {
        _read.Clear();
        _textLeft = Limits.MaxHead;
        _path.Begin(kind);
        var range = new RangeDecoder(block);
        while (true)
        {
            int predicted = _path.Predict();
            bool hit = ReadHit(ref range, predicted);
            int name = hit ? FieldTable.None : ReadName(ref range, predicted);
            if (range.Failed || (!hit && name == FieldTable.None))
            {
                return _textLeft < 0 ? HeadStatus.TooLarge : HeadStatus.Malformed;
            }

            if (hit ? predicted == FieldTable.End : name == StaticNames.End)
            {
                _path.End();
                return range.AtEnd ? HeadStatus.Done : HeadStatus.Malformed;
            }

            HeadStatus status = hit ? TakePredicted(predicted, _read) : TakeNamed(ref range, name, predicted, _read);
            if (status != HeadStatus.Done)
            {
                return status;
            }
        }
    }

    private bool ReadHit(ref RangeDecoder range, int predicted)
    {
        if (predicted == FieldTable.None)
        {
            return false;
        }

        bool hit = range.Bit(ref _model.Hit[_path.History]);
        History.Append(ref _path.History, hit);
        return hit;
    }

    /// <summary>The number of the name, <see cref="StaticNames.End"/>, or <see cref="FieldTable.None"/> if there is no such name.</summary>
    private int ReadName(ref RangeDecoder range, int predicted)
    {
        ReadOnlySpan<short> successors = _path.Successors;
        for (int i = 0; i < successors.Length && successors[i] >= 0; i++)
        {
            if (!range.Bit(ref _model.OtherName[i]))
            {
                return Checked(successors[i], predicted);
            }
        }

        return range.Bit(ref _model.NewName)
            ? ReadNewName(ref range)
            : Checked((int)range.Direct(BitOperations.Log2((uint)_table.Names.Count) + 1), predicted);
    }

    private int Checked(int name, int predicted)
    {
        bool ends = name == StaticNames.End && predicted != FieldTable.End;
        return ends || _table.Names.IsField(name) ? name : FieldTable.None;
    }

    private int ReadNewName(ref RangeDecoder range)
    {
        int length = (int)range.Number(_model.NameLength, Limits.MaxHead);
        if (length > _textLeft)
        {
            _textLeft = -1;
            return FieldTable.None;
        }

        ReadOnlySpan<byte> name = _values.ReadBytes(ref range, Alphabet.Text, length);
        return range.Failed || !FieldText.IsName(name) ? FieldTable.None : _table.Names.Add(Encoding.Latin1.GetString(name));
    }

    private HeadStatus TakePredicted(int slot, FieldList fields)
    {
        string name = _table.Names[_table.NameOf(slot)];
        string value = _table.ValueOf(slot);
        if (!Spend(name.Length + value.Length + HeadCheck.PerField) || fields.Count == Limits.MaxHeadFields)
        {
            return HeadStatus.TooLarge;
        }

        _path.GoOn(slot);
        fields.Add(name, value);
        return HeadStatus.Done;
    }

    private HeadStatus TakeNamed(ref RangeDecoder range, int name, int predicted, FieldList fields)
    {
        if (!Spend(_table.Names[name].Length + HeadCheck.PerField) || fields.Count == Limits.MaxHeadFields)
        {
            return HeadStatus.TooLarge;
        }

        string text = _table.Names[name];
        _table.Names.Hold(name);
        int slot = _values.Read(ref range, _model, name, predicted, ref _textLeft, out string? value);
        if (value is null || range.Failed)
        {
            return _textLeft < 0 ? HeadStatus.TooLarge : HeadStatus.Malformed;
        }

        _path.Go(name, slot);
        fields.Add(text, value);
        return HeadStatus.Done;
    }

    /// <summary>Counts text against the limit before memory is taken for it.</summary>
    private bool Spend(int length)
    {
        _textLeft -= length;
        return _textLeft >= 0;
    }

    private static bool HasControlData(FieldList fields)
    {
        foreach (HeadField field in fields)
        {
            if (field.Name[0] == ':')
            {
                return true;
            }
        }

        return false;
    }
}
