namespace Hypergate.Backends.Http;

/// <summary>What the backend answered, whatever the status.</summary>
internal sealed record HttpReply : HttpResult
{
    public required int Status { get; init; }

    /// <summary>The words behind the status: <c>Not Found</c>; may be empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>As sent, parameters included: <c>application/json; charset=utf-8</c>; null where none was.</summary>
    public string? ContentType { get; init; }

    /// <summary>Decompressed and whole, texts in UTF-8; empty for none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>How many bytes the body had on the wire.</summary>
    public long WireBytes { get; init; }

    /// <summary>How long the backend asks us to stay away, from now; null where it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public string? Location { get; init; }

    public string? ETag { get; init; }

    /// <summary>The header WWW-Authenticate.</summary>
    public string? Challenge { get; init; }

    /// <summary>All headers, where the request wanted them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Whether the body stands for one that was taken as it came.</summary>
    public bool IsReceived { get; init; }

    /// <summary>A header by its name; null where there is none.</summary>
    public string? Header(string name)
    {
        foreach (var header in Headers)
        {
            if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }

        return null;
    }

    /// <summary>Where it came from; differs from the request's after a redirect.</summary>
    public required Uri Address { get; init; }

    public bool IsSuccess => Status is >= 200 and <= 299;
}
