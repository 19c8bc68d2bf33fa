using SharpFuzz;

namespace Railgun.Fuzz;

/// <summary>Puts a counter at each branch of Railgun's assemblies beside this program, once; a build puts them back.</summary>
internal static class Instrumentation
{
    private static readonly string[] Assemblies = ["Railgun.Protocol.dll", "Railgun.Hosting.dll", "railgun-listener.dll", "railgun-sender.dll"];

    /// <summary>Instruments what is not instrumented yet.</summary>
    public static void Apply()
    {
        foreach (string name in Assemblies)
        {
            string path = Path.Combine(AppContext.BaseDirectory, name);
            try
            {
                Fuzzer.Instrument(path, static _ => true, Options.Value);
            }
            catch (InstrumentationException)
            {
                // It is already, from an earlier run.
            }
        }
    }
}
