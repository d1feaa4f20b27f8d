using System.Text.Json.Nodes;

namespace Hypergate.Simulator.ProxmoxVe.Access;

/// <summary>A user: who may log in, and with which tokens.</summary>
internal sealed class Account
{
    public required string UserId { get; init; }

    public string Realm => UserId[(UserId.LastIndexOf('@') + 1)..];

    public bool Enabled { get; set; } = true;

    /// <summary>Unix seconds; 0: never.</summary>
    public long Expire { get; set; }

    public string? Password { get; set; }

    /// <summary>The six digits that a login needs beside the password; null: none.</summary>
    public string? SecondFactor { get; set; }

    public Dictionary<string, string> Fields { get; } = [];

    public SortedDictionary<string, ApiToken> Tokens { get; } = [];
}

/// <summary>An API token.</summary>
internal sealed class ApiToken
{
    public required string Secret { get; set; }

    /// <summary>Whether the token has only what its own access list grants.</summary>
    public bool Separated => Info["privsep"] is null || Server.Parameters.TextOf(Info["privsep"]!) != "0";

    /// <summary>What was set: <c>privsep expire comment</c>, as it was sent.</summary>
    public JsonObject Info { get; } = [];

    public long Expire => Info["expire"] is { } expire ? long.Parse(Server.Parameters.TextOf(expire), System.Globalization.CultureInfo.InvariantCulture) : 0;
}
