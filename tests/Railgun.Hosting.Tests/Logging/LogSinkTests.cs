using System.Text;
using Railgun.Hosting.Logging;
using Railgun.Hosting.Options;

namespace Railgun.Hosting.Tests.Logging;

internal sealed class LogSinkTests
{
    [Test]
    public void All_lines_come_out_in_order()
    {
        using var output = new MemoryStream();
        using (var sink = new LogSink(output, LogFormat.Text))
        {
            for (int i = 0; i < 1000; i++)
            {
                sink.WriteLine(Encoding.ASCII.GetBytes($"{i}"));
            }
        }

        Assert.That(Text(output), Is.EqualTo(string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i}\n"))));
    }

    [TestCase(LogFormat.Text, "warning 3 log lines dropped")]
    [TestCase(LogFormat.Json, "{\"level\":\"warning\",\"message\":\"3 log lines dropped")]
    public void A_reader_that_does_not_read_costs_lines_which_are_counted(LogFormat format, string note)
    {
        using var output = new BlockedStream();
        using (var sink = new LogSink(output, format, capacity: 256))
        {
            sink.WriteLine("first"u8);
            output.Reached.Wait();
            sink.WriteLine(new byte[200]);
            sink.WriteLine(new byte[200]);
            sink.WriteLine(new byte[200]);
            sink.WriteLine(new byte[300]);
            sink.WriteLine("fits"u8);
            output.Gate.Set();
            sink.Flush();
        }

        Assert.That(Text(output.Inner), Does.StartWith("first\n").And.Contain("fits\n" + note));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void A_mebibyte_of_lines_waits_and_one_byte_more_is_dropped(int beyond)
    {
        using var output = new BlockedStream();
        using (var sink = new LogSink(output, LogFormat.Text))
        {
            sink.WriteLine("first"u8);
            output.Reached.Wait();
            sink.WriteLine(new byte[LogSink.DefaultCapacity / 2]);
            sink.WriteLine(new byte[(LogSink.DefaultCapacity / 2) - 2 + beyond]); // each line has its end
            output.Gate.Set();
            sink.Flush();
        }

        string rest = Text(output.Inner)["first\n".Length..];
        Assert.That(rest.StartsWith(new string('\0', LogSink.DefaultCapacity / 2) + "\n", StringComparison.Ordinal), Is.True);
        Assert.That(rest.Length == LogSink.DefaultCapacity, Is.EqualTo(beyond == 0));
        Assert.That(rest.EndsWith("warning 1 log lines dropped: the output was not read\n", StringComparison.Ordinal), Is.EqualTo(beyond == 1));
    }

    [Test]
    public void An_output_that_is_gone_does_no_harm()
    {
        using var output = new BrokenStream();
        using var sink = new LogSink(output, LogFormat.Text);
        sink.WriteLine("one"u8);
        sink.Flush();
        sink.WriteLine("two"u8);
        sink.Flush();
        Assert.That(output.Writes, Is.EqualTo(2));
    }

    [Test]
    public void After_the_end_lines_are_dropped_silently()
    {
        using var output = new MemoryStream();
        var sink = new LogSink(output, LogFormat.Text);
        sink.Dispose();
        sink.WriteLine("late"u8);
        Assert.That(output.Length, Is.Zero);
    }

    private static string Text(MemoryStream output) => Encoding.ASCII.GetString(output.ToArray());

    private sealed class BlockedStream : MemoryStream
    {
        public MemoryStream Inner => this;

        public ManualResetEventSlim Gate { get; } = new();

        public ManualResetEventSlim Reached { get; } = new();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Reached.Set();
            Gate.Wait();
            base.Write(buffer);
        }
    }

    private sealed class BrokenStream : MemoryStream
    {
        public int Writes { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Writes++;
            throw new IOException("Broken pipe");
        }
    }
}
