using Railgun.Hosting.Configuration;

namespace Railgun.Listener.Startup;

/// <summary>The certificate that clients see. Both files are read again on reload, so a renewed certificate needs no restart.</summary>
internal sealed class TlsOptions
{
    /// <summary>
    /// A PEM file with the certificate, and behind it those between it and the root.
    /// <value>Default: none.</value>
    /// </summary>
    public string? Certificate { get; set; }

    /// <summary>
    /// A PEM file with the private key.
    /// <value>Default: the file of <see cref="Certificate"/>.</value>
    /// </summary>
    public string? Key { get; set; }

    /// <summary>Names every mistake.</summary>
    public void Validate(Mistakes mistakes, string path, bool required)
    {
        if (Certificate is null && (required || Key is not null))
        {
            mistakes.Add($"{path}.certificate", "there is no certificate", "write the path of a PEM file");
        }

        MustExist(mistakes, $"{path}.certificate", Certificate);
        MustExist(mistakes, $"{path}.key", Key);
    }

    private static void MustExist(Mistakes mistakes, string path, string? file)
    {
        if (file is not null && !File.Exists(file))
        {
            mistakes.Add(path, $"there is no file '{file}', or it can't be read", "write the path of a PEM file");
        }
    }
}
