namespace Railgun.Fuzz;

/// <summary>One start of the program: each target in turn.</summary>
internal static class FuzzSession
{
    /// <summary>Runs what the options say.</summary>
    /// <returns>The exit code: 0; 1 with findings; 2 for a target that there is not.</returns>
    public static int Run(FuzzOptions options)
    {
        var map = new CoverageMap();
        List<IFuzzTarget> targets = [.. FuzzTargets.All().Where(target => options.Target == "all" || options.Target == target.Name)];
        if (targets.Count == 0)
        {
            Console.Error.WriteLine($"There is no target {options.Target}; there are {string.Join(", ", FuzzTargets.All().Select(target => target.Name))}.");
            return 2;
        }

        if (options.Replay is { } file)
        {
            targets[0].Run(File.ReadAllBytes(file));
            Console.WriteLine($"{targets[0].Name}: {file} passes.");
            return 0;
        }

        int findings = 0;
        foreach (IFuzzTarget target in targets)
        {
            using var run = new FuzzRun(target, options, map);
            findings += run.Run();
        }

        return findings == 0 ? 0 : 1;
    }
}
