using System.Net;
using System.Text.Json.Serialization;
using Hypergate.Model;

namespace Hypergate.Host.Authentication;

/// <summary>What is stored of an API key.</summary>
internal sealed record ApiKey
{
    /// <summary>The part of the key that may be shown.</summary>
    public required string Id { get; init; }

    /// <summary>Who uses it, for people; the caller is <c>key:NAME</c>.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the secret, in hexadecimal.</summary>
    public required string Hash { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The only backends that exist for it; null for all.</summary>
    public IReadOnlyList<string>? Backends { get; init; }

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

    public required DateTimeOffset Created { get; init; }

    /// <summary>The user of this machine who made it.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>Null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The hour in which it was last used; null for never.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>When it was revoked; null where it was not.</summary>
    public DateTimeOffset? Revoked { get; init; }

    [JsonIgnore]
    public Caller Caller => new($"key:{Name}", Roles)
    {
        AuthenticatedBy = $"API key {Id}",
        Backends = Backends,
        IsReadOnly = ReadOnly == true,
        Credentials = Credentials,
        RequestsPerSecond = RequestsPerSecond,
        Sessions = Sessions,
        Expires = Expires,
        IsRenewedByHand = true,
    };

    /// <summary>Whether it may come from an address.</summary>
    public bool Admits(IPAddress? address) => Networks is null || (address is not null && Authentication.Networks.Hold(Networks, address));

    /// <summary>Whether it holds, but not for long.</summary>
    public bool EndsSoon(DateTimeOffset now) => IsValid(now) && Expires - now <= Model.Caller.Notice;

    public bool IsValid(DateTimeOffset now) => Revoked is null && (Expires is not { } end || now < end);
}

/// <summary>The file of all keys.</summary>
internal sealed record ApiKeyDocument(IReadOnlyList<ApiKey> Keys);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiKeyDocument))]
internal sealed partial class ApiKeyJson : JsonSerializerContext;
