using Hypergate.Descriptions;
using Hypergate.Descriptions.Dadl;
using Hypergate.Model;

namespace Hypergate.Backends.Dadl.Export;

/// <summary>Makes a file of what a backend of any kind but its own offers. What the format cannot say as it is stays out of it, and is told.</summary>
internal static class DadlExport
{
    /// <param name="backend">The backend.</param>
    /// <param name="operations">What of it the file shall offer.</param>
    /// <param name="now">The day that the file names.</param>
    /// <exception cref="DescriptionException">The file would be too large to be read.</exception>
    public static ExportedFile Write(BackendOptions backend, IReadOnlyList<Operation> operations, DateTimeOffset now)
    {
        var kind = backend.Kind;
        var credentials = CredentialsOf(backend, operations);
        var usual = credentials.Values.Where(static credential => credential.Parts == 1).GroupBy(static credential => credential).MaxBy(static group => group.Count())?.Key ?? ExportCredential.None;
        var secrets = new ExportSecrets(kind.Redaction, operations);
        var drafts = new ToolDraft(kind);
        List<LeftOut> otherwise = [.. operations.Where(operation => credentials[operation] is { Parts: > 0 } own && own != usual)
            .Select(operation => new LeftOut(operation.Name, LeftOutKind.Operation, "", $"takes {credentials[operation]}, and a file has one way for all its tools"))];
        List<ExportTool> tools = [.. operations.Where(operation => credentials[operation] == usual || credentials[operation].Parts == 0).Select(operation => drafts.Of(operation) with { Redact = Everywhere(secrets.PathsOf(operation), kind) })];
        var draft = DraftOf(backend, usual);
        var (proven, leftOut) = new ExportProof(backend, some => Text(draft, some, [], now)).Prove(tools);
        List<LeftOut> all = [.. otherwise, .. leftOut];
        var file = new ExportedFile(null, proven.Count, all);
        return proven.Count == 0 ? file : file with { Text = Text(draft, proven, [.. file.Told, .. Extra(proven, credentials, usual)], now) };
    }

    private static string Text(DadlDraft draft, IReadOnlyList<ExportTool> tools, IReadOnlyList<string> notes, DateTimeOffset now) =>
        DadlWriter.Write(draft with { Tools = [.. tools.Select(static tool => tool.ForFile())], Notes = notes }, now);

    private static DadlDraft DraftOf(BackendOptions backend, ExportCredential credential) => new()
    {
        Name = NameOf(backend.Name),
        Description = $"{backend.Kind.Title} at {backend.Http.Address.Host}",
        BaseUrl = backend.ApiAddress.AbsoluteUri.TrimEnd('/'),
        Login = backend.Credential is Credential.Password && backend.Kind.Session is { Words: { } words } session ? (session.Path, words) : null,
        IsBasic = credential.IsBasic,
        Header = credential.Header,
        Prefix = credential.Prefix,
        Query = credential.Query,
        ResultPath = backend.Kind.ValuePath,
        BodyType = backend.Kind.BodyType,
    };

    private static Dictionary<Operation, ExportCredential> CredentialsOf(BackendOptions backend, IReadOnlyList<Operation> operations)
    {
        var ofAll = backend.Kind.CallCredential is null ? ExportCredential.OfAll(backend) : null;
        return operations.ToDictionary(static operation => operation, operation => ofAll ?? ExportCredential.OfOne(backend, operation), (IEqualityComparer<Operation>)ReferenceEqualityComparer.Instance);
    }

    private static IEnumerable<string> Extra(IReadOnlyList<ExportTool> tools, Dictionary<Operation, ExportCredential> credentials, ExportCredential usual)
    {
        var names = usual.Parts == 0 ? [] : tools.Where(tool => credentials[tool.Operation].Parts == 0).Select(static tool => tool.Name).ToList();
        return names.Count == 0 ? [] : [$"The credential goes with these as well, which ask for none: {string.Join(", ", names)}"];
    }

    // A path that leads nowhere hides nothing and does no harm.
    private static IReadOnlyList<string> Everywhere(IReadOnlyList<string> paths, BackendKind kind) =>
        kind.OtherValuePath is { } other ? [.. paths, .. paths.Select(path => other + path[1..])] : paths;

    private static string NameOf(string backend)
    {
        var plain = string.Concat(backend.ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        return plain.Length > 0 && char.IsAsciiLetter(plain[0]) ? plain : $"b{plain}";
    }
}
