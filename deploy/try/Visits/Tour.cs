using System.Globalization;
using Railgun.Try.Origins;

namespace Railgun.Try.Visits;

/// <summary>Makes the requests of a plan, prints a row each, and adds up.</summary>
/// <param name="visitor">The client.</param>
/// <param name="ledger">What the origin sent.</param>
/// <param name="log">What the listener says.</param>
/// <param name="totals">Looks up the bytes on the link so far.</param>
/// <param name="output">Where the table goes.</param>
internal sealed class Tour(Visitor visitor, Ledger ledger, AccessLog log, Func<CancellationToken, Task<LinkTotals>> totals, TextWriter output)
{
    private readonly BaseNames _bases = new();
    private readonly Weights _all = new();
    private readonly Weights _later = new();
    private int _wrong;

    /// <summary>Returns whether every body arrived byte-exact.</summary>
    public async Task<bool> RunAsync(IEnumerable<Visit> plan, CancellationToken cancellation)
    {
        var table = new Table(output);
        table.Begin();
        LinkTotals? afterFirsts = null;
        foreach (Visit visit in plan)
        {
            if (!visit.IsFirst)
            {
                afterFirsts ??= await totals(cancellation);
            }

            Row row = await MakeAsync(visit, cancellation);
            table.Add(row);
            Count(row);
        }

        LinkTotals end = await totals(cancellation);
        Summarise(end, end.Since(afterFirsts ?? end));
        return _wrong == 0 && _all.Count > 0;
    }

    /// <summary>Restarts the sender, whose store is empty then, and asks for pages again. Returns whether every body arrived byte-exact.</summary>
    public async Task<bool> AfterRestartAsync(IEnumerable<Visit> plan, Func<Task> restart, CancellationToken cancellation)
    {
        var table = new Table(output);
        output.WriteLine();
        output.WriteLine("The sender is stopped and started again: it holds no version any more. The listener says what it holds by signatures, with the requests:");
        output.WriteLine();
        await restart();
        table.Begin();
        foreach (Visit visit in plan)
        {
            Row row = await MakeAsync(visit, cancellation);
            table.Add(row);
            _wrong += row.IsExact ? 0 : 1;
        }

        return _wrong == 0;
    }

    private async Task<Row> MakeAsync(Visit visit, CancellationToken cancellation)
    {
        ledger.Forget(visit.Path);
        Arrival arrival = await visitor.MakeAsync(visit, cancellation);
        LinkUse? use = await log.NextAsync(visit.Path, cancellation);
        string described = _bases.Describe(use);
        _bases.Add(visit.Path, arrival.Body);
        return new Row(visit, arrival, use, described, Judge.Compare(visit, arrival, ledger.Last(visit.Path)));
    }

    private void Count(Row row)
    {
        _wrong += row.IsExact ? 0 : 1;
        _all.Add(row.Arrival.Body);
        if (!row.Visit.IsFirst)
        {
            _later.Add(row.Arrival.Body);
        }
    }

    private void Summarise(LinkTotals all, LinkTotals later)
    {
        output.WriteLine();
        output.WriteLine(_wrong == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{_all.Count} bodies, every one byte-exact.")
            : string.Create(CultureInfo.InvariantCulture, $"{_wrong} of {_all.Count} bodies are WRONG."));
        output.WriteLine();
        output.WriteLine($"{"",-34} {"all requests",14} {"",9} {"first versions aside",22}");
        Line("bodies as they are", _all.Plain, _later.Plain);
        Line("gzip -6, each by itself", _all.Gzip, _later.Gzip);
        Line("brotli -5, each by itself", _all.Brotli, _later.Brotli);
        Line("on the link, down", all.Down, later.Down);
        Line("on the link, up", all.Up, later.Up);
        Line("on the link, both ways", all.Both, later.Both);
        output.WriteLine("On the link: all bytes on its sockets, so TLS, heads, requests and handshakes are in; gzip and brotli are the bodies alone.");
        output.Flush();
    }

    private void Line(string what, long all, long later) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-34} {all,14:N0} {Table.Share(all, _all.Plain),9} {later,14:N0} {Table.Share(later, _later.Plain),9}"));
}
