namespace Hypergate.Model;

/// <summary>One call that a platform offers, as its description tells it.</summary>
public sealed record Operation
{
    /// <summary>Unique within its backend and stable from one release to the next: <c>StartVm</c>, <c>GetSrs_sms</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The name in the description, which two operations may share: <c>GetSrs</c>.</summary>
    public required string DeclaredName { get; init; }

    /// <summary>Names under which people know it from elsewhere: it answers to them, and is never listed under them.</summary>
    public IReadOnlyList<string> OtherNames { get; init; } = [];

    /// <summary>How scripts call it where letters, digits and underscores alone would make its name another one's as well; null for just these.</summary>
    public string? ScriptName { get; init; }

    /// <summary>The resource family it belongs to: <c>vms</c>, <c>vm_snapshots</c>.</summary>
    public required string Domain { get; init; }

    /// <summary>A few words for people: <c>Start VM</c>.</summary>
    public required string Title { get; init; }

    /// <summary>One line without markup; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>What the description files it under; may be empty.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The HTTP method in capitals.</summary>
    public required string Method { get; init; }

    /// <summary>The path template below the API's base address: <c>/vms/{id}/actions/start</c>.</summary>
    public required string Path { get; init; }

    public required Access Access { get; init; }

    /// <summary>What the platform's own description advises.</summary>
    public Exposure Exposure { get; init; }

    public bool Deprecated { get; init; }

    /// <summary>What a caller may pass in path and query. Path parameters first, in the order of the template.</summary>
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>Query parameters that the gateway sets by itself and shows to nobody: <c>ndjson</c>, <c>sync</c>.</summary>
    public IReadOnlyList<string> Switches { get; init; } = [];

    public RequestBody? Body { get; init; }

    /// <summary>
    /// The credentials that it takes, by the ways in which the description says they are sent; any one of these ways will do, and an
    /// empty one means that none is needed. No ways where the platform's own rules hold.
    /// </summary>
    public IReadOnlyList<CredentialWay> CredentialWays { get; init; } = [];

    public ResultShape Result { get; init; }

    /// <summary>Whether its arguments fields, filter and limit mean what they mean for every list of the platform.</summary>
    public bool HasListArguments { get; init; }

    /// <summary>Fields of a list that are asked for when the caller names none.</summary>
    public IReadOnlyList<string> DefaultFields { get; init; } = [];

    /// <summary>Whether the order of a list says something, so that it is kept where the caller asks for no other: the newest first.</summary>
    public bool KeepsOrder { get; init; }

    /// <summary>Every field that the description knows of the listed objects; empty where it does not say.</summary>
    public IReadOnlyList<string> KnownFields { get; init; } = [];

    /// <summary>The platform rights that the description says a caller needs.</summary>
    public IReadOnlyList<Privilege> Requires { get; init; } = [];

    /// <summary>What its description says of the call itself; null where the rules of its kind of platform hold.</summary>
    public CallRules? Rules { get; init; }

    /// <summary>Whether it can change anything: every method but GET, unless it is classed as a read; and a GET of which the worst has to be feared.</summary>
    public bool Changes => Method == "GET" ? Access == Access.Dangerous : Access != Access.Read;

    /// <summary>Whether the platform answers before the work is done, and tells of a job to follow.</summary>
    public bool StartsJob => Result == ResultShape.Job || Switches.Contains("sync");

    /// <summary>Whether the platform cuts the list by itself, from a row and for a number of rows that a caller names.</summary>
    public bool PagesItself => Result == ResultShape.List && Takes("start") && Takes("limit");

    private bool Takes(string name) => Parameters.Any(parameter => parameter is { Place: ParameterPlace.Query } && parameter.Name == name);

    public override string ToString() => Name;
}

/// <summary>A right of the platform, such as <c>start</c> on a <c>vm</c>.</summary>
public sealed record Privilege(string Resource, string Action);

/// <summary>Credentials that are sent together.</summary>
/// <param name="Parts">Each by the name that the description gives it; none for a call that needs none.</param>
public sealed record CredentialWay(IReadOnlyList<CredentialPart> Parts);

/// <summary>One credential of a request.</summary>
/// <param name="Scheme">What the description calls it: <c>petstore_auth</c>.</param>
/// <param name="Kind">How it is sent.</param>
/// <param name="Name">The header, cookie or query parameter; empty for the header Authorization.</param>
public sealed record CredentialPart(string Scheme, CredentialKind Kind, string Name);

public enum CredentialKind
{
    /// <summary><c>Authorization: Bearer …</c></summary>
    Bearer,

    /// <summary><c>Authorization: Basic …</c></summary>
    Basic,
    Header,
    Query,
    Cookie,

    /// <summary>A way that this gateway cannot go.</summary>
    Unknown,
}
