namespace Hypergate.Model;

/// <summary>What a failed call is to a script.</summary>
/// <param name="Code">One word: <c>not_found</c>.</param>
/// <param name="Message">In words, cleaned.</param>
public sealed record CallError(string Code, string Message)
{
    /// <summary>Null where there was no answer.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The platform's own code; null where it gave none.</summary>
    public string? ProviderCode { get; init; }

    /// <summary>How long to stay away; null where nobody said.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How often it was sent.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>The word for an HTTP status; null is no answer at all.</summary>
    public static string CodeOf(int? status) => status switch
    {
        null => "transport",
        400 or 422 => "invalid_input",
        401 => "unauthorized",
        403 => "forbidden",
        404 or 410 => "not_found",
        408 => "timeout",
        409 => "conflict",
        429 => "rate_limited",
        500 => "internal",
        502 or 503 or 504 => "unavailable",
        >= 400 and <= 499 => "client_error",
        >= 500 and <= 599 => "server_error",
        _ => "unexpected_status",
    };
}
