namespace Railgun.Fuzz;

/// <summary>What was read broke a rule: a limit exceeded, a buffer not given back.</summary>
internal sealed class FuzzFailureException(string message) : Exception(message)
{
    /// <summary>Throws unless a rule holds.</summary>
    /// <param name="holds">Whether it does.</param>
    /// <param name="otherwise">What is the case if not.</param>
    public static void ThrowUnless(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FuzzFailureException(otherwise);
        }
    }
}
