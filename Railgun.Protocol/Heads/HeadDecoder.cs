using System.Text;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Frames;

namespace Railgun.Protocol.Heads;

/// <summary>
/// The other side of <see cref="HeadEncoder"/>: every block of the lane must pass through it in wire order, also those of streams that nobody reads
/// any more. After a failure the state is lost and the lane must end.
/// </summary>
internal sealed class HeadDecoder
{
    private readonly FieldTable _table;
    private HeadKind _kind;
    private int _previous;
    private int _textLength;

    /// <summary>Makes a decoder whose table has at most as many bytes as this side announced.</summary>
    public HeadDecoder(int tableBytes) => _table = new FieldTable(tableBytes);

    /// <summary>Reads the block of a request.</summary>
    public HeadStatus Decode(ReadOnlySpan<byte> block, out RequestHead? head)
    {
        head = null;
        var fields = new FieldList();
        HeadStatus status = DecodeFields(block, HeadKind.Request, fields);
        if (status != HeadStatus.Done)
        {
            return status;
        }

        string? protocol = fields.TakeAt(4, ControlName.Protocol);
        string? target = fields.TakeAt(3, ControlName.Target);
        string? authority = fields.TakeAt(2, ControlName.Authority);
        string? scheme = fields.TakeAt(1, ControlName.Scheme);
        string? method = fields.TakeAt(0, ControlName.Method);
        if (method is null || scheme is null || authority is null || target is null || HasControlData(fields))
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
        var fields = new FieldList();
        HeadStatus status = DecodeFields(block, kind, fields);
        if (status != HeadStatus.Done)
        {
            return status;
        }

        string? text = fields.TakeAt(0, ControlName.Status);
        int code = text is null ? -1 : ControlName.ParseStatus(text);
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
        trailers = new FieldList(4);
        HeadStatus status = DecodeFields(block, HeadKind.Trailers, trailers);
        return status == HeadStatus.Done && HasControlData(trailers) ? HeadStatus.Malformed : status;
    }

    private HeadStatus DecodeFields(ReadOnlySpan<byte> block, HeadKind kind, FieldList fields)
    {
        _kind = kind;
        _previous = FieldTable.None;
        _textLength = 0;
        var reader = new FrameReader(block);
        while (!reader.Rest.IsEmpty)
        {
            byte op = reader.Byte();
            HeadStatus status = op <= FieldOp.MaxRun ? Run(op + 1, fields) : One(op, ref reader, fields);
            if (status != HeadStatus.Done)
            {
                return status;
            }
        }

        return reader.Failed ? HeadStatus.Malformed : HeadStatus.Done;
    }

    private HeadStatus Run(int count, FieldList fields)
    {
        for (; count > 0; count--)
        {
            int predicted = _table.Predict(_kind, _previous);
            if (predicted == FieldTable.None)
            {
                return HeadStatus.Malformed;
            }

            _table.Touch(predicted);
            _previous = predicted;
            if (!Emit(fields, _table[predicted]))
            {
                return HeadStatus.TooLarge;
            }
        }

        return HeadStatus.Done;
    }

    private HeadStatus One(byte op, ref FrameReader reader, FieldList fields)
    {
        if (op == FieldOp.Indexed)
        {
            int slot = (int)reader.Varint(FieldTable.MaxSlots - 1);
            if (reader.Failed || !_table.Holds(slot))
            {
                return HeadStatus.Malformed;
            }

            _table.Follow(_kind, _previous, slot);
            _table.Touch(slot);
            _previous = slot;
            return Emit(fields, _table[slot]) ? HeadStatus.Done : HeadStatus.TooLarge;
        }

        bool isShort = op >= FieldOp.ShortPredictedName;
        byte form = isShort ? FieldOp.PredictedName : (byte)(op & ~FieldOp.NotEntered);
        string? name = Name(form, ref reader, out int like);
        if (name is null || op == byte.MaxValue)
        {
            return HeadStatus.Malformed;
        }

        int length = isShort ? op & 0x7F : (int)reader.Varint(Limits.MaxHead);
        ReadOnlySpan<byte> value = reader.Bytes(length);
        if (reader.Failed || !FieldText.IsValue(value))
        {
            return HeadStatus.Malformed;
        }

        return Literal(new HeadField(name, FieldText.Make(value)), like, enters: isShort || (op & FieldOp.NotEntered) == 0, fields);
    }

    private string? Name(byte form, ref FrameReader reader, out int like)
    {
        like = FieldTable.None;
        switch (form)
        {
            case FieldOp.PredictedName:
                like = _table.Predict(_kind, _previous);
                return like == FieldTable.None ? null : _table[like].Name;
            case FieldOp.IndexedName:
                like = (int)reader.Varint(FieldTable.MaxSlots - 1);
                return reader.Failed || !_table.Holds(like) ? null : _table[like].Name;
            case FieldOp.NewName:
                ReadOnlySpan<byte> name = reader.Bytes((int)reader.Varint(Limits.MaxHead));
                return reader.Failed || !FieldText.IsName(name) ? null : Encoding.Latin1.GetString(name);
            default:
                return null;
        }
    }

    private HeadStatus Literal(HeadField field, int like, bool enters, FieldList fields)
    {
        if (!Emit(fields, field))
        {
            return HeadStatus.TooLarge;
        }

        if (!enters)
        {
            _previous = like == FieldTable.None ? _previous : like;
            return HeadStatus.Done;
        }

        if (!_table.Fits(field.Name, field.Value))
        {
            return HeadStatus.Malformed;
        }

        int slot = _table.Insert(field.Name, field.Value, like);
        _table.Follow(_kind, _previous, slot);
        _previous = slot;
        return HeadStatus.Done;
    }

    private bool Emit(FieldList fields, HeadField field)
    {
        _textLength += HeadCheck.SizeOf(field);
        if (_textLength > Limits.MaxHead || fields.Count == Limits.MaxHeadFields)
        {
            return false;
        }

        fields.Add(field.Name, field.Value);
        return true;
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
