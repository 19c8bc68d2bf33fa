using System.Net;

namespace Railgun.Listener.Clients;

/// <summary>Who is told what a response saved. Nobody, unless the operator names a secret or addresses.</summary>
/// <param name="Secret">A request with this value in <see cref="SavingFields.SecretFieldName"/> is told; null for none.</param>
/// <param name="Networks">Clients from here are told.</param>
internal sealed record SavingOptions(string? Secret, IReadOnlyList<IPNetwork> Networks);
