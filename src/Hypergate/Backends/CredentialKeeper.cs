namespace Hypergate.Backends;

/// <summary>Where credentials are kept that the gateway itself is given while it runs. Nothing is opened before somebody asks.</summary>
/// <param name="Find">The value under a name; null where there is none.</param>
/// <param name="KeepAsync">Stores a value in place of an older one; why it cannot be stored, null where it is.</param>
/// <param name="Learn">Takes a value that no text may show.</param>
internal sealed record CredentialKeeper(Func<string, string?> Find, Func<string, string, CancellationToken, Task<string?>> KeepAsync, Action<string> Learn);
