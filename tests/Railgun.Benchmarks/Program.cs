using Railgun.Benchmarks.Deltas;
using Railgun.Benchmarks.Heads;

// One subcommand a measurement; each reads its own options.
if (args.Length > 0)
{
    switch (args[0])
    {
        case "delta":
            return DeltaBenchmark.Run(args[1..]);
        case "heads":
            return HeadsBenchmark.Run(args[1..]);
        default:
            break;
    }
}

Console.Error.WriteLine("usage: Railgun.Benchmarks delta --corpus FOLDER [--family NAME] [--coder NAME] [--rounds N] [--tsv FILE]");
Console.Error.WriteLine("       Railgun.Benchmarks heads --corpus FOLDER");
return 2;
