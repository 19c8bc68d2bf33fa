using Railgun.Benchmarks.Deltas;
using Railgun.Benchmarks.Heads;
using Railgun.Benchmarks.Link;
using Railgun.Benchmarks.Padding;
using Railgun.Benchmarks.Signatures;

// One subcommand a measurement; each reads its own options.
if (args.Length > 0)
{
    switch (args[0])
    {
        case "delta":
            return DeltaBenchmark.Run(args[1..]);
        case "signature":
            return SignatureBenchmark.Run(args[1..]);
        case "padding":
            return PaddingBenchmark.Run(args[1..]);
        case "heads":
            return HeadsBenchmark.Run(args[1..]);
        case "link":
            return await LinkBenchmark.RunAsync(args[1..]);
#if !NATIVE
        case "http":
            return await Railgun.Benchmarks.Http.HttpBenchmark.RunAsync(args[1..]);
        case "floods":
            return await Railgun.Benchmarks.Floods.FloodBenchmark.RunAsync(args[1..]);
        case "kestrel": // a child of "floods"
            return await Railgun.Benchmarks.Floods.KestrelProgram.RunAsync(args[1..]);
        case "yarp": // a child of "http"
            return await Railgun.Benchmarks.Http.YarpProgram.RunAsync(args[1..]);
#endif
        default:
            break;
    }
}

Console.Error.WriteLine("usage: Railgun.Benchmarks delta --corpus FOLDER [--family NAME] [--coder NAME,…] [--quick] [--rounds N] [--tsv FILE]");
Console.Error.WriteLine("       Railgun.Benchmarks signature --corpus FOLDER [--family NAME] [--rounds N] [--tsv FILE]");
Console.Error.WriteLine("       Railgun.Benchmarks padding --corpus FOLDER");
Console.Error.WriteLine("       Railgun.Benchmarks heads --corpus FOLDER");
Console.Error.WriteLine("       Railgun.Benchmarks link [--rounds N] [--milliseconds N]");
Console.Error.WriteLine("       Railgun.Benchmarks http [--megabytes N] [--rounds N] [--seconds N]");
Console.Error.WriteLine("       Railgun.Benchmarks floods [--seconds N] [--kind NAME]");
return 2;
