namespace Hypergate.Simulator.XenOrchestra.Faults;

/// <summary>Something that goes wrong on some routes. Set as many properties as should happen together.</summary>
public sealed record Fault
{
    /// <summary>
    /// Which paths below <c>/rest/v0</c>, without the query: <c>/vms/*/actions/start</c>. <c>*</c> is one segment or a part of
    /// one, <c>**</c> any number.
    /// </summary>
    public string Path { get; init; } = "**";

    /// <summary>Which method, in capitals; null: all.</summary>
    public string? Method { get; init; }

    /// <summary>How many requests it hits before it is gone; null: all.</summary>
    public int? Times { get; init; }

    /// <summary>The share of requests that it hits, 0 to 1; the choice is deterministic for a seed.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>How long the answer is held back.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Answered in the place of the real answer, and nothing is done: 429, 502 …</summary>
    public int? Status { get; init; }

    /// <summary>The body of that answer.</summary>
    public string Body { get; init; } = "{\n  \"error\": \"injected fault\"\n}";

    /// <summary>The header <c>Retry-After</c>, in seconds or as a date.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Never answered.</summary>
    public bool Hang { get; init; }

    /// <summary>Where the connection is cut.</summary>
    public Cut Cut { get; init; }

    /// <summary>Only the first half of the body is sent, as if it were whole.</summary>
    public bool Truncate { get; init; }

    /// <summary>The answer's <c>Content-Type</c>, whatever it holds.</summary>
    public string? ContentType { get; init; }

    /// <summary>Compressed or not, whatever the client takes.</summary>
    public bool? Gzip { get; init; }

    /// <summary>The body drips at so many bytes a second.</summary>
    public int? DripBytesPerSecond { get; init; }

    /// <summary>Answered with 307 to this address, path and query kept.</summary>
    public Uri? RedirectTo { get; init; }

    /// <summary>Actions start a task that never ends.</summary>
    public bool TaskNeverEnds { get; init; }

    /// <summary>Every credential counts as expired.</summary>
    public bool ExpiredToken { get; init; }
}
