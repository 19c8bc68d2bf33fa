using System.Numerics;
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
    private readonly HeadPath _path;
    private readonly HeadModel _model = new();
    private readonly RangeEncoder _range = new();
    private readonly ValueEncoder _values;

    /// <summary>Makes an encoder whose table has at most as many bytes as the peer announced.</summary>
    public HeadEncoder(int tableBytes)
    {
        _table = new FieldTable(tableBytes);
        _index = new FieldIndex(_table);
        _path = new HeadPath(_table);
        _values = new ValueEncoder(_table, _index, _range);
    }

    /// <summary>What it has seen.</summary>
    internal FieldTable Table => _table;

    /// <summary>Appends the block of a request.</summary>
    public void Encode(FrameBuffer output, RequestHead head)
    {
        Begin(HeadKind.Request);
        Add(ControlName.Method, head.Method);
        Add(ControlName.Scheme, head.Scheme);
        Add(ControlName.Authority, head.Authority);
        Add(ControlName.Target, head.Target);
        if (head.Protocol is not null)
        {
            Add(ControlName.Protocol, head.Protocol);
        }

        AddAll(head.Fields);
        End(output);
    }

    /// <summary>Appends the block of a final or informational response.</summary>
    public void Encode(FrameBuffer output, ResponseHead head, HeadKind kind)
    {
        Begin(kind);
        Add(ControlName.Status, ControlName.StatusText(head.Status));
        AddAll(head.Fields);
        End(output);
    }

    /// <summary>Appends the block of a trailer section.</summary>
    public void Encode(FrameBuffer output, FieldList trailers)
    {
        Begin(HeadKind.Trailers);
        AddAll(trailers);
        End(output);
    }

    private void Begin(HeadKind kind)
    {
        _path.Begin(kind);
        _range.Begin();
    }

    private void AddAll(FieldList fields)
    {
        foreach (HeadField field in fields)
        {
            Add(field.Name, field.Value);
        }
    }

    private void Add(string name, string value)
    {
        int predicted = _path.Predict();
        bool hit = predicted >= 0 && _table.ValueOf(predicted) == value && _table.Names[_table.NameOf(predicted)] == name;
        WriteHit(predicted, hit);
        if (hit)
        {
            _path.GoOn(predicted);
            return;
        }

        int number = _index.FindName(name);
        if (number == FieldTable.None)
        {
            number = WriteNewName(name);
        }
        else
        {
            WriteName(number);
        }

        _table.Names.Hold(number);
        _path.Go(number, _values.Write(_model, number, value, predicted));
    }

    private void End(FrameBuffer output)
    {
        int predicted = _path.Predict();
        WriteHit(predicted, predicted == FieldTable.End);
        if (predicted != FieldTable.End)
        {
            WriteName(StaticNames.End);
        }

        _path.End();
        _range.Finish(output);
    }

    private void WriteHit(int predicted, bool hit)
    {
        if (predicted != FieldTable.None)
        {
            _range.Bit(ref _model.Hit[_path.History], hit);
            History.Append(ref _path.History, hit);
        }
    }

    private void WriteName(int number)
    {
        ReadOnlySpan<short> successors = _path.Successors;
        for (int i = 0; i < successors.Length && successors[i] >= 0; i++)
        {
            bool other = successors[i] != number;
            _range.Bit(ref _model.OtherName[i], other);
            if (!other)
            {
                return;
            }
        }

        _range.Bit(ref _model.NewName, false);
        _range.Direct((uint)number, BitOperations.Log2((uint)_table.Names.Count) + 1);
    }

    private int WriteNewName(string name)
    {
        ReadOnlySpan<short> successors = _path.Successors;
        for (int i = 0; i < successors.Length && successors[i] >= 0; i++)
        {
            _range.Bit(ref _model.OtherName[i], true);
        }

        _range.Bit(ref _model.NewName, true);
        _range.Number(_model.NameLength, (ulong)name.Length);
        foreach (char symbol in name)
        {
            _range.Symbol(Alphabet.Text, (byte)symbol);
        }

        int number = _table.Names.Add(name);
        _index.AddName(name, number);
        return number;
    }
}
