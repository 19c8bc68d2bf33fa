using System.Diagnostics;

namespace Railgun.Hosting.Tests.Deploy;

/// <summary>The systemd units, as systemd itself judges them.</summary>
internal sealed class UnitFileTests
{
    [TestCase("railgun-listener")]
    [TestCase("railgun-sender")]
    public async Task Systemd_finds_no_mistake(string program)
    {
        using var scratch = new ScratchDirectory();
        string unit = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "deploy", "systemd", $"{program}.service"));

        // The executable need not be installed where the tests run.
        Assert.That(unit, Does.Contain($"/usr/local/bin/{program} "));
        await File.WriteAllTextAsync(scratch[$"{program}.service"], unit.Replace($"/usr/local/bin/{program}", "/bin/true", StringComparison.Ordinal));
        using Process? verify = Start("systemd-analyze", "verify", scratch[$"{program}.service"]);
        if (verify is null)
        {
            Assert.Ignore("systemd-analyze is not here.");
        }

        string said = await verify!.StandardError.ReadToEndAsync();
        await verify.WaitForExitAsync();
        Assert.That(said.Split('\n').Where(line => line.Contains(program, StringComparison.Ordinal)), Is.Empty);
        Assert.That(verify.ExitCode, Is.Zero, said);
    }

    private static Process? Start(string file, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardError = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
