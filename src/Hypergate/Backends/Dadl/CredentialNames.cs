using Hypergate.Backends.Rest.Calls;

namespace Hypergate.Backends.Dadl;

/// <summary>
/// Finds what a file calls by a name: in the settings by that name, in the settings where it can only be this, in the environment for this
/// backend, in the environment for all.
/// </summary>
internal sealed class CredentialNames(string backend, Credential.Several known)
{
    /// <summary>A credential that stands alone.</summary>
    public string? Single(string name) => Of(name) ?? known.Bearer ?? Environment(name);

    /// <summary>One of several: only by its name.</summary>
    public string? ByName(string name) => Of(name) ?? Environment(name);

    public string? User(string name) => Of(name) ?? known.User ?? Environment(name);

    public string? Password(string name) => Of(name) ?? known.Value ?? Environment(name);

    public CredentialAnswer Missing(string name) => new(null, $"Backend {backend}: credential {Plain(name)} is not set (environment CREDENTIAL_{InCapitals(Plain(name))}, or auth.keys.{Plain(name)} in the settings).");

    /// <summary>Without the vault in which it may lie.</summary>
    public static string Plain(string name) => name.StartsWith("vault/", StringComparison.Ordinal) ? name["vault/".Length..] : name;

    /// <summary>As names of the environment are written.</summary>
    public static string InCapitals(string name) => string.Concat(name.Select(static c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));

    private string? Of(string name) => known.Keys.GetValueOrDefault(name) ?? known.Keys.GetValueOrDefault(Plain(name));

    private string? Environment(string name) =>
        known.Elsewhere($"HYPERGATE_CREDENTIAL_{InCapitals(backend)}_{InCapitals(Plain(name))}") ?? known.Elsewhere($"CREDENTIAL_{InCapitals(Plain(name))}");
}
