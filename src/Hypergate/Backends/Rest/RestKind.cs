using System.Security.Cryptography;
using System.Text;
using Hypergate.Backends.Http;
using Hypergate.Descriptions;
using Hypergate.Descriptions.OpenApi;
using Hypergate.Model;

namespace Hypergate.Backends.Rest;

/// <summary>Any API that has an OpenAPI document: what the gateway knows of it stands there and in the settings.</summary>
internal static class RestKind
{
    public const string Name = "rest";

    private const int LongestPrefix = 16;

    /// <summary>For documents of any API.</summary>
    public static DescriptionLimits Limits { get; } = new()
    {
        DocumentBytes = 40 * 1024 * 1024,
        DocumentDepth = 200,
        Operations = 8_000,
        OperationBytes = 80 * 1024 * 1024,
        ReferencedBytes = 1024 * 1024 * 1024,
        ParametersOfAnOperation = 400,
        SchemaDepth = 12,
        NodesOfAnOperation = 3_000,
        NodesOfTheDocument = 2_000_000,
        SchemaBytesOfAnOperation = 1024 * 1024,
        SchemaBytesOfTheDocument = 64 * 1024 * 1024,
    };

    public static BackendKind Kind { get; } = new()
    {
        Settings = RestAuth.Settings,
        Title = "REST API",
        IsAnyApi = true,
        ToolPrefix = Name,
        Words = new PlatformWords { Server = "The API", AddressSetting = "url" },
        DescriptionPath = "/openapi.json",
        Description = RulesFor(static _ => ""),
        ReadDescription = OpenApiReader.Read,
        CredentialHeaders = RestAuth.Headers,
        CallCredential = RestAuth.ForCall,
        ReadError = RestErrors.Read,
        AnswersText = true,
        DoubtsDescription = static reply => reply.Status is 404 or 405,
        AccessOf = PathAccess.OfCall,
        Encoding = new ArgumentEncoding { Body = RestBody.Of },
        Refusal = RestBody.Problem,
        Configure = Configure,
        Redaction = new RedactionRules
        {
            Hidden = ["password", "passwd", "secret", "clientSecret", "privateKey", "accessToken", "refreshToken", "idToken", "apiKey", "authToken", "sessionToken"],
        },
    };

    /// <exception cref="DescriptionException">A file that the settings name cannot be used.</exception>
    private static BackendKind Configure(BackendSettings settings)
    {
        var rest = settings.Rest ?? throw new DescriptionException("The settings of kind rest need rest, with the document that describes the API");
        var url = settings.Url.First;
        var overlay = OverlayOf(rest.Overlay, out var overlayText);
        var address = AddressOf(rest.Document) ?? (rest.Document is ['/', ..] && !File.Exists(rest.Document) ? new Uri(new Uri(url.GetLeftPart(UriPartial.Authority)), rest.Document) : null);
        return Kind with
        {
            ToolPrefix = PrefixOf(settings.Name),
            Description = RulesFor(servers => RestServers.PathOf(url, servers, rest.ServerVariables, address)),
            DescriptionFile = address is null ? rest.Document : null,
            DescriptionAddress = address,
            DescriptionSalt = SaltOf(rest, overlayText),
            ReadDescription = (text, rules) => Read(text, rules, overlay, rest),
        };
    }

    // Two such backends are two APIs: their tools are told apart by the backend's name, cut so that the tool's stays short enough.
    internal static string PrefixOf(string name)
    {
        var plain = string.Concat(name.Select(static c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_'));
        return plain.Length <= LongestPrefix
            ? plain
            : $"{plain[..(LongestPrefix - 5)]}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 2))}";
    }

    private static Uri? AddressOf(string document) =>
        document.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(document, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;

    private static Description Read(ReadOnlyMemory<byte> text, DescriptionRules rules, RestOverlay overlay, RestSettings rest)
    {
        var paths = new DocumentPaths();
        var whole = overlay.Apply(OpenApiReader.Read(text, paths.Watching(rules)), paths);
        List<string> faults = [.. whole.Faults, .. Unfitting("include", rest.Include ?? [], whole, paths), .. Unfitting("exclude", rest.Exclude, whole, paths), .. RestServers.Faults(paths.Declared, rest.ServerVariables)];
        return whole with
        {
            Operations = [.. whole.Operations.Where(operation =>
                (rest.Include is null || rest.Include.Any(selector => OperationSelector.Fits(selector, operation, paths)))
                && !rest.Exclude.Any(selector => OperationSelector.Fits(selector, operation, paths)))
                .Select(static operation => operation with { KeepsOrder = true })],
            Faults = faults,
            Warnings = [.. whole.Warnings.Except(faults), .. faults],
        };
    }

    // One that was meant to leave something out leaves it in.
    private static IEnumerable<string> Unfitting(string setting, IReadOnlyList<string> selectors, Description description, DocumentPaths paths) =>
        selectors.Where(selector => !description.Operations.Any(operation => OperationSelector.Fits(selector, operation, paths)))
            .Select(selector => $"rest.{setting} holds '{DescriptionText.OneLine(selector, DescriptionText.LongestTitle)}', which fits no operation of the document.");

    private static RestOverlay OverlayOf(string? path, out byte[] text)
    {
        text = [];
        if (path is null)
        {
            return RestOverlay.None;
        }

        try
        {
            text = File.ReadAllBytes(path);
            return RestOverlay.Read(text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DescriptionException($"The overlay {path} cannot be read: {exception.Message}", exception);
        }
    }

    private static string SaltOf(RestSettings rest, byte[] overlay)
    {
        var words = string.Join('\n', [
            rest.Document,
            .. rest.ServerVariables.OrderBy(static variable => variable.Key, StringComparer.Ordinal).Select(static variable => $"{variable.Key}={variable.Value}"),
            "+", .. rest.Include ?? ["*"], "-", .. rest.Exclude]);
        return Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(words), 0, .. overlay]).AsSpan(0, 8));
    }

    private static DescriptionRules RulesFor(Func<IReadOnlyList<DeclaredServer>, string> serverPath) => new()
    {
        AccessOf = RestAccess.Of,
        IsGeneral = true,
        ServerPath = serverPath,
        Limits = Limits,
    };
}
