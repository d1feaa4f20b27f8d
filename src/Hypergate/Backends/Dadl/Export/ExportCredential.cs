using System.Text;
using Hypergate.Model;

namespace Hypergate.Backends.Dadl.Export;

/// <summary>How a file signs its calls: it has one way for all of them.</summary>
/// <param name="Header">The header; null for none.</param>
/// <param name="Prefix">Before the credential there.</param>
/// <param name="Query">The query parameter; null for none.</param>
/// <param name="IsBasic">Whether it is user and password.</param>
/// <param name="Parts">How many credentials it is; none where nothing is sent.</param>
/// <param name="Value">Which of the backend's it is.</param>
internal sealed record ExportCredential(string? Header, string Prefix, string? Query, bool IsBasic, int Parts, string Value)
{
    private const string Sample = "SAMPLE-CREDENTIAL";

    public static ExportCredential None { get; } = new(null, "", null, IsBasic: false, 0, "");

    /// <summary>That of a kind whose requests all carry the same.</summary>
    public static ExportCredential OfAll(BackendOptions backend)
    {
        var headers = backend.Kind.CredentialHeaders(backend.Credential is Credential.Password password ? password with { User = Sample, Value = Sample } : new Credential.Token(Sample));
        return Of(new CallCredential(headers, []), [Sample]);
    }

    /// <summary>What goes with one operation, by the credentials that the backend has; by any where it has none.</summary>
    public static ExportCredential OfOne(BackendOptions backend, Operation operation)
    {
        var known = (Credential.Several)backend.Credential;
        var isBare = known is { Bearer: null, User: null, Keys.Count: 0 };
        var keys = known.Keys.Keys.ToDictionary(static name => name, static name => $"{Sample}-{name}", StringComparer.Ordinal);
        var marked = new Credential.Several(isBare || known.Bearer is not null ? Sample : null, isBare || known.User is not null ? Sample : null, isBare || known.Value is not null ? Sample : null, keys);
        return Of(backend.Kind.CallCredential!(operation, marked), [Sample, .. keys.Values]);
    }

    /// <summary>In words: the header X-Key.</summary>
    public override string ToString() => Parts > 1 ? "several credentials together" : IsBasic ? "user and password" : Header is not null ? $"a credential as the header {Header}{(Prefix.Length > 0 ? $" ({Prefix.Trim()})" : "")}" : $"a credential as the query parameter {Query}";

    private static ExportCredential Of(CallCredential sent, IReadOnlyList<string> values) => (sent.Headers, sent.Query) switch
    {
        ([], []) => None,
        ([var (header, text)], []) when values.FirstOrDefault(value => Basic(value) == text) is { } user => new(header, "Basic ", null, IsBasic: true, 1, user),
        ([var (header, text)], []) when values.OrderByDescending(static value => value.Length).FirstOrDefault(value => text.EndsWith(value, StringComparison.Ordinal)) is { } value && text.Split(Sample).Length == 2 => new(header, text[..^value.Length], null, IsBasic: false, 1, value),
        ([], [var (query, value)]) => new(null, "", query, IsBasic: false, 1, value),
        _ => None with { Parts = 2 },
    };

    private static string Basic(string value) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(value == Sample ? $"{Sample}:{Sample}" : value))}";
}
