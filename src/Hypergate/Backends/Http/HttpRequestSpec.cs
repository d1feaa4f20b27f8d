using Hypergate.Model;

namespace Hypergate.Backends.Http;

/// <summary>One request to a backend.</summary>
internal sealed record HttpRequestSpec
{
    /// <summary>The caller in whose name it is sent; null for the gateway's own requests.</summary>
    public string? Caller { get; init; }

    /// <summary>The notes of the call that it is sent for; null for the gateway's own requests.</summary>
    public CallNotes? Notes { get; init; }

    /// <summary>In capitals.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>Below the backend's own origin; from <see cref="RequestAddress"/> where arguments are in it.</summary>
    public required Uri Address { get; init; }

    /// <summary>All headers but Host, Accept-Encoding and those of the body; the credential is among them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Null for none.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    public string BodyType { get; init; } = "application/json";

    /// <summary>The file that is the body, streamed; null for none.</summary>
    public string? BodyFile { get; init; }

    /// <summary>Whether the answer's headers are wanted.</summary>
    public bool KeepHeaders { get; init; }

    /// <summary>
    /// Takes the body of an answer as it comes, for what is no JSON in memory. Opening the stream is taking it; what comes back stands in the
    /// body's place. Null leaves the body to be read whole.
    /// </summary>
    public Func<HttpReply, Func<Task<Stream>>, CancellationToken, Task<ReadOnlyMemory<byte>?>>? Receive { get; init; }

    /// <summary>For all tries and the reading of the body together; null takes the backend's.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Whether a read may be tried again. Writes never are, whatever stands here.</summary>
    public bool MayRepeat { get; init; } = true;

    /// <summary>GET and HEAD change nothing on any platform.</summary>
    public bool IsRead => Method is "GET" or "HEAD";
}
