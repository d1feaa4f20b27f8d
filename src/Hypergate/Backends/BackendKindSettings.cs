namespace Hypergate.Backends;

/// <summary>What reading settings must know of a kind. Apart from the rest, so that a start need not make all of a kind to check them.</summary>
internal sealed record BackendKindSettings
{
    /// <summary>What settings call it: <c>xen-orchestra</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The path below the configured address that every operation begins with: <c>/rest/v0</c>.</summary>
    public required string ApiPath { get; init; }

    /// <summary>Whether several addresses may lead to the same platform.</summary>
    public bool HasNodes { get; init; }

    /// <summary>Whether each of its operations is a tool of its own where the settings name no surfaces.</summary>
    public bool IsShownAsOperations { get; init; }

    /// <summary>What is wrong with a credential; none where nothing is.</summary>
    public required Func<BackendSettingsAuth, IEnumerable<AuthFault>> CheckAuth { get; init; }

    /// <summary>The credential of settings in which nothing is wrong.</summary>
    public required Func<BackendSettingsAuth, Credential> MakeCredential { get; init; }
}

/// <summary>A part of a credential that cannot be used.</summary>
/// <param name="Key">The key below <c>auth</c>: <c>token</c>; empty for the whole.</param>
/// <param name="Problem">A predicate that reads on from the key and holds no part of the value.</param>
internal sealed record AuthFault(string Key, string Problem);
