using Railgun.Hosting.Configuration;
using Railgun.Listener.Clients;

namespace Railgun.Listener.Startup;

/// <summary>Who gets the response fields <c>Railgun</c> and <c>Server-Timing</c>, which tell what a response saved. By default nobody.</summary>
internal sealed class SavingSettings
{
    /// <summary>The longest secret, in bytes.</summary>
    private const int MaxSecret = 1024;

    /// <summary>
    /// A file with a secret: requests that carry it in <c>Railgun-Key</c> are told. Space around it does not count.
    /// <value>Default: none.</value>
    /// </summary>
    public string? SecretFile { get; set; }

    /// <summary>
    /// Addresses of clients that are told: <c>192.0.2.1</c>, <c>192.0.2.0/24</c>, <c>2001:db8::/32</c>.
    /// <value>Default: none. At most 64.</value>
    /// </summary>
    public List<string> Addresses { get; set; } = [];

    /// <summary>Names every mistake.</summary>
    public void Validate(Mistakes mistakes, string path)
    {
        Networks.Validate(mistakes, $"{path}.addresses", Addresses);
        if (SecretFile is not null && ReadSecret() is null)
        {
            mistakes.Add($"{path}.secretFile", $"'{SecretFile}' can't be read, or holds no secret", "write the path of a file with 1 to 1024 bytes");
        }
    }

    /// <summary>The same for <see cref="SavingFields"/>.</summary>
    public SavingOptions ToOptions() => new(ReadSecret(), Networks.Read(Addresses));

    private string? ReadSecret()
    {
        try
        {
            string? secret = SecretFile is null || new FileInfo(SecretFile).Length > MaxSecret ? null : File.ReadAllText(SecretFile).Trim();
            return string.IsNullOrEmpty(secret) ? null : secret;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
