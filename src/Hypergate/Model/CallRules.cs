using System.Text.Json;

namespace Hypergate.Model;

/// <summary>
/// What a description says of a call beyond its parameters: how its body is written, how it is paged and tried again, and what becomes of
/// its answer. Whoever sends it knows nothing of the description.
/// </summary>
public sealed record CallRules
{
    /// <summary>Headers of every request, before those that parameters make.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Scheme and host where they are not the backend's: the path is whole then.</summary>
    public string? Origin { get; init; }

    /// <summary>Pairs that stand in the path's own query, before all others.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>As what the body is sent.</summary>
    public string BodyType { get; init; } = RequestBody.Json;

    /// <summary>Whether dots in names of the body make objects.</summary>
    public bool NestsBodyKeys { get; init; }

    /// <summary>In bytes.</summary>
    public long LargestBody { get; init; } = 100L * 1024 * 1024;

    /// <summary>The argument that stands for a whole body of bytes, streamed from a file; null for none.</summary>
    public string? UploadArgument { get; init; }

    /// <summary>The argument that stands for a whole JSON body; null for none.</summary>
    public string? BodyArgument { get; init; }

    /// <summary>The argument that holds the caller's own jq filter; null for none.</summary>
    public string? FilterArgument { get; init; }

    /// <summary>Arguments that name files.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The header of a key that makes a repeated write harmless; null for none.</summary>
    public string? IdempotencyHeader { get; init; }

    /// <summary>Whether a write may be repeated although its method says that it must not.</summary>
    public bool MayRepeatWrite { get; init; }

    public PagingRules? Paging { get; init; }

    public ErrorRules Errors { get; init; } = new();

    public ResponseRules Response { get; init; } = new();

    /// <summary>The script that is run in place of a request; null for none.</summary>
    public CompositeRules? Composite { get; init; }

    /// <summary>What makes the operation a health check; null for all others.</summary>
    public HealthRules? Health { get; init; }

    /// <summary>Only for composites: neither listed nor found nor called by anybody else.</summary>
    public bool IsInternal { get; init; }

    /// <summary>Why it cannot run; null where it can.</summary>
    public string? Unavailable { get; init; }

    /// <summary>Whether callers may know of it and run it.</summary>
    public bool IsOffered => !IsInternal && Unavailable is null;

    /// <summary>Advice of the description's author, a line each.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    /// <summary>JSON Schema of the result; undefined where the description does not say.</summary>
    public JsonElement Returns { get; init; }

    /// <summary>Scripts of the description's author that call the operation, each with its title.</summary>
    public IReadOnlyList<CallExample> Examples { get; init; } = [];
}

/// <summary>A script that somebody wrote to show how an operation is called.</summary>
public sealed record CallExample(string Title, string Code);

/// <summary>How a list comes in pages.</summary>
public sealed record PagingRules
{
    public PagingStrategy Strategy { get; init; }

    /// <summary>Whether the gateway turns the pages; else the model does.</summary>
    public bool IsAutomatic { get; init; }

    /// <summary>The argument that says where to go on; null for none.</summary>
    public string? PositionArgument { get; init; }

    /// <summary>What the platform calls it.</summary>
    public string? Position { get; init; }

    /// <summary>The argument that says how many; null for none.</summary>
    public string? LimitArgument { get; init; }

    /// <summary>What the platform calls it.</summary>
    public string? Limit { get; init; }

    /// <summary>How many there are where nobody says; null where the description does not tell.</summary>
    public int? LimitDefault { get; init; }

    /// <summary>Where the next cursor stands in the body.</summary>
    public string? NextCursor { get; init; }

    /// <summary>A path, or a comparison of paths.</summary>
    public string? HasMore { get; init; }

    public string? TotalPagesHeader { get; init; }

    public string? TotalCountHeader { get; init; }

    public int MostPages { get; init; } = 20;
}

public enum PagingStrategy
{
    Cursor,
    Offset,
    Page,
    LinkHeader,
}

/// <summary>How failures are told and tried again.</summary>
public sealed record ErrorRules
{
    public ErrorFormat Format { get; init; }

    public string? MessagePath { get; init; }

    public string? CodePath { get; init; }

    /// <summary>Statuses after which the same request may succeed.</summary>
    public IReadOnlyList<int> RetryOn { get; init; } = [];

    /// <summary>Statuses after which it will not; wins.</summary>
    public IReadOnlyList<int> Terminal { get; init; } = [];

    public int MostRetries { get; init; } = 3;

    public RetryGrowth Growth { get; init; }

    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The header that tells how many calls are left.</summary>
    public string? QuotaHeader { get; init; }

    /// <summary>The header that tells when there are more.</summary>
    public string? ResetHeader { get; init; }

    /// <summary>Words for statuses.</summary>
    public IReadOnlyDictionary<int, string> Codes { get; init; } = new Dictionary<int, string>();
}

public enum ErrorFormat
{
    Json,
    Text,
    Xml,
}

public enum RetryGrowth
{
    Exponential,
    Linear,
    Fixed,
}

/// <summary>What becomes of a successful answer.</summary>
public sealed record ResponseRules
{
    public string? ResultPath { get; init; }

    public string? MetadataPath { get; init; }

    /// <summary>A jq program.</summary>
    public string? Transform { get; init; }

    /// <summary>Whether the program is every operation's, so that it never may be left out.</summary>
    public bool IsDefaultTransform { get; init; }

    /// <summary>Paths of values that nobody sees.</summary>
    public IReadOnlyList<string> Redact { get; init; } = [];

    public int? MostItems { get; init; }

    /// <summary>Whether the answer is a file.</summary>
    public bool IsFile { get; init; }

    /// <summary>Its type where the platform does not say.</summary>
    public string? FileType { get; init; }

    /// <summary>How long a file is kept.</summary>
    public TimeSpan FileLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether the answer goes on without end.</summary>
    public bool IsStream { get; init; }

    /// <summary>Whether what it says is not waited for.</summary>
    public bool SkipsStream { get; init; }

    /// <summary>How long a stream is listened to.</summary>
    public TimeSpan StreamLimit { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>A script that joins calls.</summary>
/// <param name="Code">JavaScript: the body of an async function.</param>
/// <param name="TimeLimit">For the whole run.</param>
/// <param name="Calls">The operations that are found in it.</param>
/// <param name="Delegates">Operations that its author wants run under its own authority.</param>
public sealed record CompositeRules(string Code, TimeSpan TimeLimit, IReadOnlyList<string> Calls, IReadOnlyList<string> Delegates);

/// <summary>What a healthy answer looks like.</summary>
public sealed record HealthRules
{
    /// <summary>Null for any success.</summary>
    public int? Status { get; init; }

    /// <summary>A path that must be there.</summary>
    public string? MustHave { get; init; }

    /// <summary>Where the end of the credential stands.</summary>
    public string? AuthExpires { get; init; }

    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(5);
}
