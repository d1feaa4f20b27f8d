namespace Hypergate.Backends;

/// <summary>What a kind of platform takes as a credential.</summary>
internal sealed record AuthRules
{
    /// <summary>What is wrong with the settings; none where nothing is.</summary>
    public required Func<BackendSettingsAuth, IEnumerable<AuthFault>> Check { get; init; }

    /// <summary>The credential of settings in which nothing is wrong.</summary>
    public required Func<BackendSettingsAuth, Credential> Make { get; init; }
}

/// <summary>A part of a credential that cannot be used.</summary>
/// <param name="Key">The key below <c>auth</c>: <c>token</c>; empty for the whole.</param>
/// <param name="Problem">A predicate that reads on from the key and holds no part of the value.</param>
internal sealed record AuthFault(string Key, string Problem);
