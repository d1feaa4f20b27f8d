using Hypergate.Backends.Rest.Calls;

namespace Hypergate.Backends.Dadl;

/// <summary>
/// Finds what a file calls by a name: in the settings by that name, in the settings where it can only be this, in the environment for this
/// backend, in the environment for all, in the store.
/// </summary>
internal sealed class CredentialNames(string backend, Credential.Several known)
{
    /// <summary>A credential that stands alone.</summary>
    public string? Single(string name) => Of(name) ?? known.Bearer ?? Environment(name);

    /// <summary>One of several: only by its name.</summary>
    public string? ByName(string name) => Of(name) ?? Environment(name);

    public string? User(string name) => Of(name) ?? known.User ?? Environment(name);

    public string? Password(string name) => Of(name) ?? known.Value ?? Environment(name);

    /// <summary>A refresh token, the likeliest first: what the gateway was given itself is younger than what somebody set.</summary>
    public IEnumerable<string> Refresh(string name) => new[] { known.Keeper?.Find(KeptName(name)), ByName(name) }.OfType<string>();

    /// <summary>Stores what the gateway was given under a name of the file.</summary>
    /// <returns>Why it cannot be stored; null where it is.</returns>
    public async Task<string?> KeepAsync(string name, string value, CancellationToken cancellationToken)
    {
        Learn(value);
        return known.Keeper is { } keeper ? await keeper.KeepAsync(KeptName(name), value, cancellationToken) : "there is no place to store it";
    }

    /// <summary>A value that no text may show.</summary>
    public void Learn(string value) => known.Keeper?.Learn(value);

    public CredentialAnswer Missing(string name) => new(null, $"Backend {backend}: credential {Plain(name)} is not set (environment CREDENTIAL_{InCapitals(Plain(name))}, auth.keys.{Plain(name)} in the settings, or hypergate secrets set {Plain(name)}).");

    /// <summary>Without the vault in which it may lie.</summary>
    public static string Plain(string name) => name.StartsWith("vault/", StringComparison.Ordinal) ? name["vault/".Length..] : name;

    /// <summary>As names of the environment are written.</summary>
    public static string InCapitals(string name) => string.Concat(name.Select(static c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));

    private string? Of(string name) => known.Keys.GetValueOrDefault(name) ?? known.Keys.GetValueOrDefault(Plain(name));

    private string? Environment(string name) =>
        known.Elsewhere($"HYPERGATE_CREDENTIAL_{InCapitals(backend)}_{InCapitals(Plain(name))}") ?? known.Elsewhere($"CREDENTIAL_{InCapitals(Plain(name))}")
        ?? known.Keeper?.Find(Plain(name));

    // Two backends may be described by the same file, and are given tokens of their own.
    private string KeptName(string name) => $"{backend}/{Plain(name)}";
}
