using Hypergate.Backends;

namespace Hypergate.Tests.Backends;

/// <summary>A platform of one kind in front of which the contract of kinds is checked, and how its things are called there.</summary>
internal sealed record ContractPlatform : IAsyncDisposable
{
    public required IAsyncDisposable Server { get; init; }

    /// <summary>With actions, and a right credential.</summary>
    public required BackendSettings Settings { get; init; }

    /// <summary>A credential of the right form that the platform does not know.</summary>
    public required BackendSettingsAuth WrongAuth { get; init; }

    /// <summary>Every secret of <see cref="Settings"/> and <see cref="WrongAuth"/>.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }

    /// <summary>Whom the platform takes us for, as <c>check_connection</c> tells.</summary>
    public required string User { get; init; }

    /// <summary>Lists guests.</summary>
    public required ContractCall List { get; init; }

    /// <summary>Reads a guest that does not exist.</summary>
    public required ContractCall Missing { get; init; }

    /// <summary>Starts a guest that is stopped; the platform answers with a job.</summary>
    public required ContractCall Start { get; init; }

    /// <summary>Cuts the power of that guest.</summary>
    public required ContractCall Stop { get; init; }

    /// <summary>How many requests other than reads the platform has seen.</summary>
    public required Func<int> Writes { get; init; }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>A tool and its arguments.</summary>
internal sealed record ContractCall(string Tool, string Arguments);
