using System.Net;
using System.Text.Json.Serialization;
using Hypergate.Model;

namespace Hypergate.Host.Authentication;

/// <summary>What is stored of an API key.</summary>
internal sealed record ApiKey
{
    private const string Method = "API key ";

    /// <summary>The part of the key that may be shown.</summary>
    public required string Id { get; init; }

    /// <summary>Who uses it, for people; the caller is <c>key:NAME</c>.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the secret, in hexadecimal.</summary>
    public required string Hash { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The only backends that exist for it; null for all.</summary>
    public IReadOnlyList<string>? Backends { get; init; }

    /// <summary>The only surfaces that it is shown, of those that its roles see; null for all of them.</summary>
    public IReadOnlyList<string>? Surfaces { get; init; }

    /// <summary>Where its own credentials for backends lie, by backend: <c>secret:anna-xo</c>; null for none.</summary>
    public IReadOnlyDictionary<string, string>? Credentials { get; init; }

    /// <summary>The only networks it may come from, in CIDR notation or as single addresses; null for all.</summary>
    public IReadOnlyList<string>? Networks { get; init; }

    /// <summary>True for a key that only looks, whatever its roles allow; else null.</summary>
    public bool? ReadOnly { get; init; }

    /// <summary>Requests a second, where fewer than the gateway allows; null for no limit of its own.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>Open sessions, where fewer than the gateway allows; null for no limit of its own.</summary>
    public int? Sessions { get; init; }

    /// <summary>Calls a minute, where fewer than the settings and its roles allow; null for no limit of its own.</summary>
    public int? CallsPerMinute { get; init; }

    /// <summary>How many of them may change something; null for no limit of its own.</summary>
    public int? WritesPerMinute { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The user of this machine who made it.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>Null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The hour in which it was last used; null for never.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>When it was revoked; null where it was not.</summary>
    public DateTimeOffset? Revoked { get; init; }

    /// <summary>Since when it does not hold although it may again; null where it does.</summary>
    public DateTimeOffset? Disabled { get; init; }

    [JsonIgnore]
    public Caller Caller => new($"key:{Name}", Roles)
    {
        AuthenticatedBy = Method + Id,
        Backends = Backends,
        Surfaces = Surfaces,
        IsReadOnly = ReadOnly == true,
        Credentials = Credentials,
        RequestsPerSecond = RequestsPerSecond,
        Sessions = Sessions,
        CallsPerMinute = CallsPerMinute,
        WritesPerMinute = WritesPerMinute,
        Expires = Expires,
        IsRenewedByHand = true,
    };

    /// <summary>The id of the key that a caller came with; null for whoever came with something else.</summary>
    public static string? IdOf(Caller caller) => IdOf(caller.AuthenticatedBy);

    /// <summary>The same by how it proved who it is.</summary>
    public static string? IdOf(string authenticatedBy) => authenticatedBy.StartsWith(Method, StringComparison.Ordinal) ? authenticatedBy[Method.Length..] : null;

    /// <summary>Whether it may come from an address.</summary>
    public bool Admits(IPAddress? address) => Networks is null || (address is not null && Authentication.Networks.Hold(Networks, address));

    /// <summary>Whether it holds, but not for long.</summary>
    public bool EndsSoon(DateTimeOffset now) => IsValid(now) && Expires - now <= Model.Caller.Notice;

    public KeyState StateAt(DateTimeOffset now) =>
        Revoked is not null ? KeyState.Revoked : Expires <= now ? KeyState.Expired : Disabled is not null ? KeyState.Disabled : KeyState.Valid;

    public bool IsValid(DateTimeOffset now) => StateAt(now) == KeyState.Valid;

    /// <summary>Whether it holds, or would if it were not disabled.</summary>
    public bool MayHold(DateTimeOffset now) => StateAt(now) is KeyState.Valid or KeyState.Disabled;

    /// <summary>Why it does not hold, for people; null where it does.</summary>
    public string? EndAt(DateTimeOffset now) => StateAt(now) switch
    {
        KeyState.Revoked => $"the API key {Id} was revoked",
        KeyState.Expired => $"the API key {Id} has expired",
        KeyState.Disabled => $"the API key {Id} is disabled",
        _ => null,
    };

    /// <summary>Whether another key gives the same rights to the same caller, whatever becomes of it, and whenever it ends.</summary>
    public bool IsLike(ApiKey other) =>
        Hash == other.Hash && Name == other.Name && ReadOnly == other.ReadOnly
        && RequestsPerSecond == other.RequestsPerSecond && Sessions == other.Sessions && CallsPerMinute == other.CallsPerMinute && WritesPerMinute == other.WritesPerMinute
        && Roles.SequenceEqual(other.Roles, StringComparer.Ordinal)
        && IsSame(Backends, other.Backends) && IsSame(Surfaces, other.Surfaces) && IsSame(Networks, other.Networks)
        && IsSame(Told(Credentials), Told(other.Credentials));

    private static bool IsSame(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        one is null || other is null ? one is null && other is null : one.SequenceEqual(other, StringComparer.Ordinal);

    private static List<string>? Told(IReadOnlyDictionary<string, string>? credentials) =>
        credentials?.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value}").ToList();
}

/// <summary>What may be said of a key at one moment; of several the last.</summary>
internal enum KeyState
{
    Valid,
    Disabled,
    Expired,
    Revoked,
}

/// <summary>The file of all keys.</summary>
internal sealed record ApiKeyDocument(IReadOnlyList<ApiKey> Keys);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiKeyDocument))]
internal sealed partial class ApiKeyJson : JsonSerializerContext;
