using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Descriptions.Dadl;

/// <summary>A file that describes one REST backend, as far as it could be read.</summary>
public sealed record DadlDocument
{
    /// <summary>Of the format: 1 for v0.1, 2 for v0.2.</summary>
    public int FormatVersion { get; init; } = 1;

    public string Name { get; init; } = "";

    /// <summary>Of the file; may be empty.</summary>
    public string Version { get; init; } = "";

    /// <summary>Null where there is none; may hold placeholders that nothing can fill.</summary>
    public string? BaseUrl { get; init; }

    public string Description { get; init; } = "";

    public DadlAuth Auth { get; init; } = new();

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public string? ContentType { get; init; }

    public bool NestsBodyKeys { get; init; }

    public IReadOnlyList<DadlTool> Tools { get; init; } = [];

    public IReadOnlyList<DadlTool> Composites { get; init; } = [];

    public DadlHealth? Health { get; init; }

    /// <summary>JSON Schemas by name.</summary>
    public IReadOnlyDictionary<string, JsonElement> Types { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    public IReadOnlyList<DadlExample> Examples { get; init; } = [];

    /// <summary>Advice by tool.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<KeyValuePair<string, string>>> Hints { get; init; } =
        new Dictionary<string, IReadOnlyList<KeyValuePair<string, string>>>(StringComparer.Ordinal);

    /// <summary>How much of the API is described; in the file's order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Coverage { get; init; } = [];

    /// <summary>For whoever sets it up; in the file's order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Setup { get; init; } = [];

    /// <summary>The comment before the first key: what its author wants models to know.</summary>
    public string Notes { get; init; } = "";

    /// <summary>SHA-256 of the text with single line feeds.</summary>
    public string Hash { get; init; } = "";
}

/// <summary>How the backend is convinced.</summary>
public sealed record DadlAuth
{
    public const string NoCredential = "none";

    public DadlAuthKind Kind { get; init; }

    /// <summary>The logical name of the credential; for basic that of the user's name.</summary>
    public string Credential { get; init; } = NoCredential;

    /// <summary>The logical name of the password; null for an empty one.</summary>
    public string? Password { get; init; }

    /// <summary>The header; null where it goes into the query.</summary>
    public string? Header { get; init; }

    public string Prefix { get; init; } = "";

    /// <summary>The query parameter; null where it goes into a header.</summary>
    public string? Query { get; init; }

    public DadlOAuth? OAuth { get; init; }

    public DadlSession? Session { get; init; }
}

public enum DadlAuthKind
{
    Bearer,
    Basic,
    ApiKey,
    OAuth2,
    Session,
}

/// <summary>How tokens are fetched.</summary>
public sealed record DadlOAuth
{
    public DadlFlow Flow { get; init; }

    public string? TokenUrl { get; init; }

    public string? AuthorizeUrl { get; init; }

    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    public string? RefreshToken { get; init; }

    public bool RotatesRefreshToken { get; init; }

    public bool UsesBasic { get; init; }

    public string? ServiceAccount { get; init; }

    public string? Subject { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>What else is asked where a person consents.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> AuthorizationParameters { get; init; } = [];

    /// <summary>Where the browser comes back to after it, on this machine; null for anywhere.</summary>
    public string? RedirectUri { get; init; }

    public string CacheKey { get; init; } = "";

    public TimeSpan RenewBefore { get; init; } = TimeSpan.FromSeconds(30);
}

public enum DadlFlow
{
    ClientCredentials,
    RefreshToken,
    JwtBearer,
    AuthorizationCode,
}

/// <summary>How a session is opened and carried.</summary>
public sealed record DadlSession
{
    public string Method { get; init; } = "POST";

    public string Path { get; init; } = "/";

    /// <summary>With references to credentials in it.</summary>
    public JsonElement Body { get; init; }

    public string ContentType { get; init; } = RequestBody.Json;

    /// <summary>Name and path in the login's answer.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Extract { get; init; } = [];

    /// <summary>Header and value, which holds <c>{{name}}</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Inject { get; init; } = [];

    public bool RenewsOn401 { get; init; }
}

/// <summary>A tool or a composite.</summary>
public sealed record DadlTool
{
    public required string Name { get; init; }

    public string Method { get; init; } = "";

    public string Path { get; init; } = "";

    /// <summary>Null where the file does not say.</summary>
    public string? Access { get; init; }

    public string Description { get; init; } = "";

    public IReadOnlyList<DadlParameter> Parameters { get; init; } = [];

    /// <summary>Paging, errors, answer and body, with the file's defaults in.</summary>
    public CallRules Rules { get; init; } = new();

    /// <summary>Whether the caller's own jq filter is offered.</summary>
    public bool TakesFilter { get; init; }

    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>JSON Schema of the answer; undefined where the file does not say.</summary>
    public JsonElement Returns { get; init; }

    /// <summary>Why it should no longer be used; null where it may.</summary>
    public string? Deprecated { get; init; }

    public string? ReplacedBy { get; init; }
}

/// <summary>A value that a tool takes.</summary>
public sealed record DadlParameter
{
    public required string Name { get; init; }

    /// <summary>string, integer, number, boolean, array, object or file_url.</summary>
    public string Type { get; init; } = "string";

    public ParameterPlace Place { get; init; } = ParameterPlace.Body;

    public bool Required { get; init; }

    /// <summary>Undefined for none.</summary>
    public JsonElement Default { get; init; }

    public string Description { get; init; } = "";
}

/// <summary>How to find out whether the backend is well.</summary>
/// <param name="Tool">The tool that does it; null where a path is given.</param>
/// <param name="Path">Null where a tool is given.</param>
/// <param name="IsExposed">Whether models see it as an operation.</param>
public sealed record DadlHealth(string? Tool, string? Path, HealthRules Rules, bool IsExposed);

/// <summary>A script that shows how tools are used together.</summary>
public sealed record DadlExample(string Name, string Description, string Code);
