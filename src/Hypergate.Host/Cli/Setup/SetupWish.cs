using System.Security.Cryptography;
using Hypergate.Backends;
using Hypergate.Backends.Rest;

namespace Hypergate.Host.Cli.Setup;

/// <summary>What was said at the shell about a new backend; what is null is asked for, where a person sits there.</summary>
internal sealed record SetupWish
{
    public string? Kind { get; init; }

    public string? Url { get; init; }

    public string? Name { get; init; }

    public string? User { get; init; }

    public string? TokenId { get; init; }

    public string? Document { get; init; }

    public string? Fingerprint { get; init; }

    public string? Ca { get; init; }

    public string? Profile { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public bool DryRun { get; init; }
}

/// <summary>A backend as it will be written.</summary>
internal sealed record SetupBackend
{
    public required string Name { get; init; }

    public required BackendKindSettings Kind { get; init; }

    public required Uri Url { get; init; }

    /// <summary>For a password.</summary>
    public string? User { get; init; }

    /// <summary>For Proxmox VE.</summary>
    public string? TokenId { get; init; }

    public string? Document { get; init; }

    public string? Fingerprint { get; init; }

    public string? Ca { get; init; }

    public required string Profile { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What the secret is called in the settings: <c>password</c>, <c>token</c> or <c>tokenSecret</c>.</summary>
    public string SecretKey => User is not null ? "password" : TokenId is not null ? "tokenSecret" : "token";

    /// <summary>
    /// Under which name the store keeps it. Nobody can guess its end: a settings file that lies in a foreign folder could else refer to it,
    /// and name a server of its own.
    /// </summary>
    public string SecretName => field ??= $"{Name}/{SecretKey}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";

    /// <summary>Whether it may be an API that nobody signs in to.</summary>
    public bool MayBeOpen => Kind.Name == RestKind.Name && User is null;
}
