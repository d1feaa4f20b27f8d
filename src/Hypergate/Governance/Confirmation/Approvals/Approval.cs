using System.Text.Json.Serialization;
using Hypergate.Model;

namespace Hypergate.Governance.Confirmation.Approvals;

/// <summary>One call that waits for other people, as it is kept.</summary>
internal sealed record Approval
{
    public required string Id { get; init; }

    /// <summary>Who asks; cannot decide.</summary>
    public required string Caller { get; init; }

    public required string Backend { get; init; }

    public required string Operation { get; init; }

    public required string Access { get; init; }

    /// <summary>What would happen, as a person is shown it; without secrets.</summary>
    public required string Text { get; init; }

    /// <summary>The one call that it is for: <see cref="ConsentBinding"/>.</summary>
    public required string Binding { get; init; }

    /// <summary>The state in which its objects were shown.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>How many others must agree.</summary>
    public required int Needed { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Ends { get; init; }

    public required IReadOnlyList<ApprovalVote> Votes { get; init; }

    /// <summary>When it was used; null where it was not.</summary>
    public DateTimeOffset? Used { get; init; }

    [JsonIgnore]
    public ConsentRule Level => Needed > 1 ? ConsentRule.FourEyes : ConsentRule.Approve;

    /// <summary>Who agreed, for people and the audit.</summary>
    [JsonIgnore]
    public string By => string.Join(" and ", Votes.Where(static vote => vote.Counts).Select(static vote => vote.By));

    public ApprovalState StateAt(DateTimeOffset now) => this switch
    {
        { Used: not null } => ApprovalState.Used,
        _ when Votes.Any(static vote => !vote.Agrees) => ApprovalState.Denied,
        _ when Ends <= now => ApprovalState.Expired,
        _ when Votes.Count(static vote => vote.Counts) >= Needed => ApprovalState.Approved,
        _ => ApprovalState.Pending,
    };
}

/// <summary>One person's word.</summary>
internal sealed record ApprovalVote(string By, bool Agrees, string Reason, DateTimeOffset At)
{
    /// <summary>How that person proved who it was: <see cref="Caller.AuthenticatedBy"/>.</summary>
    public string AuthenticatedBy { get; init; } = "";

    /// <summary>The roles that it had then.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Why it counts no longer, for people and the audit; null where it does.</summary>
    public string? Lapsed { get; init; }

    /// <summary>Whether it is one of those who agree.</summary>
    [JsonIgnore]
    public bool Counts => Agrees && Lapsed is null;

    public static ApprovalVote Of(Caller by, bool agrees, string reason, DateTimeOffset at) =>
        new(by.Name, agrees, reason, at) { AuthenticatedBy = by.AuthenticatedBy, Roles = by.Roles };
}

internal enum ApprovalState
{
    Pending,
    Approved,
    Denied,
    Expired,
    Used,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Approval))]
internal sealed partial class ApprovalJson : JsonSerializerContext;
