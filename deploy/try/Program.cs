using Railgun.Try;
using Railgun.Try.Processes;

TryOptions options;
try
{
    options = TryOptions.Parse(args);
}
catch (UsageException mistake)
{
    await Console.Error.WriteLineAsync(mistake.Message);
    return 2;
}

if (options.Help)
{
    await Console.Out.WriteAsync(Help.Text);
    return 0;
}

using var stop = new StopSignal();
try
{
    return options.OriginOnly
        ? await OriginProgram.RunAsync(options, stop.Token)
        : await TryProgram.RunAsync(options, Console.Out, stop.Token);
}
catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
{
    return 130;
}
catch (Exception failure) when (failure is UsageException or PairFailedException or FileNotFoundException or HttpRequestException or IOException)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return failure is UsageException ? 2 : 1;
}
