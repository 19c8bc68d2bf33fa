using System.Security.Cryptography;

namespace Railgun.Fuzz;

/// <summary>Inputs that broke a rule, as files named by their content.</summary>
/// <param name="folder">The folder; made when something is written.</param>
internal sealed class Findings(string folder)
{
    /// <summary>Writes an input.</summary>
    /// <returns>Its file.</returns>
    public string Write(byte[] input)
    {
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(input))[..16]);
        File.WriteAllBytes(file, input);
        return file;
    }
}
