using System.Text.Json.Nodes;

namespace Hypergate.Simulator.Faults;

/// <summary>A fault of a server that speaks plain HTTP, as Xen Orchestra and PXCloud do. Set as many properties as should happen together.</summary>
public sealed record Fault : RequestFault
{
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

    /// <summary>Reads one out of JSON.</summary>
    internal static Fault Read(JsonObject body)
    {
        FaultBody.Check(body, ["status", "retryAfter", "hang", "cut", "truncate", "contentType", "gzip", "dripBytesPerSecond", "redirectTo", "taskNeverEnds", "expiredToken"]);
        return FaultBody.Begin(body, new Fault
        {
            Status = body["status"]?.GetValue<int>(),
            RetryAfter = body["retryAfter"]?.GetValue<string>(),
            Hang = FaultBody.Flag(body, "hang"),
            Cut = FaultBody.Choice<Cut>(body["cut"]),
            Truncate = FaultBody.Flag(body, "truncate"),
            ContentType = body["contentType"]?.GetValue<string>(),
            Gzip = body["gzip"]?.GetValue<bool>(),
            DripBytesPerSecond = body["dripBytesPerSecond"]?.GetValue<int>(),
            RedirectTo = body["redirectTo"] is { } address ? new Uri(address.GetValue<string>()) : null,
            TaskNeverEnds = FaultBody.Flag(body, "taskNeverEnds"),
            ExpiredToken = FaultBody.Flag(body, "expiredToken"),
        });
    }
}
