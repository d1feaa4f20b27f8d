using Hypergate.Backends.Http;
using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>One configured backend, ready to be connected.</summary>
internal sealed record BackendOptions
{
    public required string Name { get; init; }

    public required BackendKind Kind { get; init; }

    public required Credential Credential { get; init; }

    public required BackendHttpOptions Http { get; init; }

    /// <summary>What every operation's path is put behind.</summary>
    public Uri ApiAddress => new(Http.Address.AbsoluteUri.TrimEnd('/') + Kind.ApiPath);

    /// <summary>The other nodes of the same platform, which answer as the first does.</summary>
    public IReadOnlyList<Uri> OtherAddresses { get; init; } = [];

    /// <summary>Whether operations that change something exist.</summary>
    public bool Actions { get; init; }

    /// <summary>Classes in place of those of the description.</summary>
    public AccessOverrides AccessOverrides { get; init; } = AccessOverrides.None;

    /// <summary>Which changes of its description need no person.</summary>
    public AcceptedChanges AcceptedChanges { get; init; } = AcceptedChanges.All;

    /// <summary>For status and description.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a job is followed before the call answers that it still runs.</summary>
    public TimeSpan JobLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Who may go to it now; null for everybody. One for all credentials.</summary>
    public PlatformGate? Gate { get; init; }

    /// <summary>What the rest of the gateway does for it.</summary>
    public BackendServices Services { get; init; } = BackendServices.None;

    /// <summary>The time limit for one request of an operation.</summary>
    public Func<Operation, TimeSpan> LimitFor { get; init; } = static _ => TimeSpan.FromSeconds(30);
}
