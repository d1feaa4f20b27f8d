using Hypergate.Descriptions.Dadl;
using Hypergate.Model;

namespace Hypergate.Backends.Dadl;

/// <summary>Makes a file of what a backend of any kind offers.</summary>
internal static class DadlExport
{
    private const string Sample = "SAMPLE-CREDENTIAL";

    public static string Write(BackendOptions backend, IReadOnlyList<Operation> operations, DateTimeOffset now)
    {
        var kind = backend.Kind;
        var (header, prefix, query) = CredentialOf(kind, operations);
        IReadOnlyList<Operation> written = [.. operations.Where(static operation => operation.Rules?.Composite is null && operation.Rules?.Health is null)];
        var secrets = new DadlExportSecrets(kind.Redaction, written);
        return DadlWriter.Write(
            new DadlDraft
            {
                Name = NameOf(backend.Name),
                Description = $"{kind.Title} at {backend.Http.Address.Host}",
                BaseUrl = backend.Http.Address.AbsoluteUri.TrimEnd('/') + kind.ApiPath,
                Login = backend.Credential is Credential.Password && kind.Session is { Words: { } words } session ? (session.Path, words) : null,
                IsBasic = backend.Credential is Credential.Password password && kind.CredentialHeaders(password).Any(static pair => pair.Key == "Authorization" && pair.Value.StartsWith("Basic ", StringComparison.Ordinal)),
                Header = header,
                Prefix = prefix,
                Query = query,
                ResultPath = kind.ValuePath,
                BodyType = kind.BodyType,
                IsPlainForm = kind.BodyType != RequestBody.Json,
                Operations = written,
                Redact = written.Select(operation => (operation.Name, Paths: Everywhere(secrets.PathsOf(operation), kind))).Where(static one => one.Paths.Count > 0).ToDictionary(static one => one.Name, static one => one.Paths, StringComparer.Ordinal),
            },
            now);
    }

    // A path that leads nowhere hides nothing and does no harm.
    private static IReadOnlyList<string> Everywhere(IReadOnlyList<string> paths, BackendKind kind) =>
        kind.OtherValuePath is { } other ? [.. paths, .. paths.Select(path => other + path[1..])] : paths;

    // By what the kind makes of a credential that can be told from what is around it.
    private static (string? Header, string Prefix, string? Query) CredentialOf(BackendKind kind, IReadOnlyList<Operation> operations)
    {
        if (kind.CallCredential is not null && operations.SelectMany(static operation => operation.CredentialWays).SelectMany(static way => way.Parts).FirstOrDefault() is { } part)
        {
            return part.Kind switch
            {
                CredentialKind.Header => (part.Name, "", null),
                CredentialKind.Query => (null, "", part.Name),
                CredentialKind.Cookie => ("Cookie", $"{part.Name}=", null),
                CredentialKind.Basic => ("Authorization", "Basic ", null),
                _ => ("Authorization", "Bearer ", null),
            };
        }

        var token = kind.CallCredential is null ? new Credential.Token(Sample) : (Credential)new Credential.Several(Sample, null, null, new Dictionary<string, string>(StringComparer.Ordinal));
        var sent = kind.CredentialHeaders(token).FirstOrDefault(static pair => pair.Value.EndsWith(Sample, StringComparison.Ordinal));
        return sent.Key is null || operations.Count == 0 ? (null, "", null) : (sent.Key, sent.Value[..^Sample.Length], null);
    }

    private static string NameOf(string backend)
    {
        var plain = string.Concat(backend.ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        return plain.Length > 0 && char.IsAsciiLetter(plain[0]) ? plain : $"b{plain}";
    }
}
