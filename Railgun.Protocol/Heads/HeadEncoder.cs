using System.Text;
using Railgun.Protocol.Frames;

namespace Railgun.Protocol.Heads;

/// <summary>
/// Codes heads against what the lane has seen in this direction (WIRE_FORMAT.md, Head blocks). Has state in wire order: each head must be written to the
/// lane in the order in which it was encoded. A value is matched whole or sent, as in HPACK (RFC 7541 section 7.1), so that lengths do not answer
/// guesses at parts of a secret.
/// </summary>
internal sealed class HeadEncoder
{
    private readonly FieldTable _table;
    private readonly FieldIndex _index;
    private HeadKind _kind;
    private int _previous;
    private int _run;

    /// <summary>Makes an encoder whose table has at most as many bytes as the peer announced.</summary>
    public HeadEncoder(int tableBytes)
    {
        _table = new FieldTable(tableBytes);
        _index = new FieldIndex(_table);
    }

    /// <summary>Appends the block of a request.</summary>
    public void Encode(FrameBuffer output, RequestHead head)
    {
        Begin(HeadKind.Request);
        Add(output, new HeadField(ControlName.Method, head.Method));
        Add(output, new HeadField(ControlName.Scheme, head.Scheme));
        Add(output, new HeadField(ControlName.Authority, head.Authority));
        Add(output, new HeadField(ControlName.Target, head.Target));
        if (head.Protocol is not null)
        {
            Add(output, new HeadField(ControlName.Protocol, head.Protocol));
        }

        AddAll(output, head.Fields);
    }

    /// <summary>Appends the block of a final or informational response.</summary>
    public void Encode(FrameBuffer output, ResponseHead head, HeadKind kind)
    {
        Begin(kind);
        Add(output, new HeadField(ControlName.Status, ControlName.StatusText(head.Status)));
        AddAll(output, head.Fields);
    }

    /// <summary>Appends the block of a trailer section.</summary>
    public void Encode(FrameBuffer output, FieldList trailers)
    {
        Begin(HeadKind.Trailers);
        AddAll(output, trailers);
    }

    private void Begin(HeadKind kind)
    {
        _kind = kind;
        _previous = FieldTable.None;
        _run = 0;
    }

    private void AddAll(FrameBuffer output, FieldList fields)
    {
        foreach (HeadField field in fields)
        {
            Add(output, field);
        }

        FlushRun(output);
    }

    private void Add(FrameBuffer output, HeadField field)
    {
        int predicted = _table.Predict(_kind, _previous);
        if (predicted != FieldTable.None && _table[predicted] == field)
        {
            _table.Touch(predicted);
            _previous = predicted;
            _run++;
            return;
        }

        FlushRun(output);
        int slot = _index.Find(field);
        if (slot != FieldTable.None)
        {
            output.WriteByte(FieldOp.Indexed);
            output.WriteVarint((ulong)slot);
            Use(slot);
        }
        else
        {
            AddLiteral(output, field, predicted);
        }
    }

    private void AddLiteral(FrameBuffer output, HeadField field, int predicted)
    {
        bool enters = _table.Fits(field.Name, field.Value);
        byte flag = enters ? (byte)0 : FieldOp.NotEntered;
        int like;
        if (predicted != FieldTable.None && _table[predicted].Name == field.Name)
        {
            like = predicted;
            if (enters && field.Value.Length <= FieldOp.MaxShortValue)
            {
                output.WriteByte((byte)(FieldOp.ShortPredictedName | field.Value.Length));
                WriteText(output, field.Value);
                Enter(field, like);
                return;
            }

            output.WriteByte((byte)(FieldOp.PredictedName | flag));
        }
        else if ((like = _index.FindName(field.Name)) != FieldTable.None)
        {
            output.WriteByte((byte)(FieldOp.IndexedName | flag));
            output.WriteVarint((ulong)like);
        }
        else
        {
            output.WriteByte((byte)(FieldOp.NewName | flag));
            output.WriteVarint((ulong)field.Name.Length);
            WriteText(output, field.Name);
        }

        output.WriteVarint((ulong)field.Value.Length);
        WriteText(output, field.Value);
        if (enters)
        {
            Enter(field, like);
        }
        else if (like != FieldTable.None)
        {
            _previous = like;
        }
    }

    private void Enter(HeadField field, int like)
    {
        int slot = _table.Insert(field.Name, field.Value, like);
        _index.Add(field, slot);
        _table.Follow(_kind, _previous, slot);
        _previous = slot;
    }

    private void Use(int slot)
    {
        _table.Follow(_kind, _previous, slot);
        _table.Touch(slot);
        _previous = slot;
    }

    private void FlushRun(FrameBuffer output)
    {
        for (; _run > 0; _run -= Math.Min(_run, FieldOp.MaxRun + 1))
        {
            output.WriteByte((byte)(Math.Min(_run, FieldOp.MaxRun + 1) - 1));
        }
    }

    private static void WriteText(FrameBuffer output, string text) =>
        output.Advance(Encoding.Latin1.GetBytes(text, output.GetSpan(text.Length)));
}
