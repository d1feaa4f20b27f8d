using System.Text.Json.Nodes;

namespace Hypergate.Simulator.ProxmoxVe.Description;

/// <summary>An operation of the API: a line of the route table, from which the server, the checks and the description live.</summary>
internal sealed record Route
{
    public required string Method { get; init; }

    /// <summary>The path below <c>/api2/json</c> with its placeholders in braces.</summary>
    public required string Path { get; init; }

    public required string Name { get; init; }

    public IReadOnlyList<string> Flags { get; init; } = [];

    public IReadOnlyDictionary<string, PropertySchema> Parameters { get; init; } = new Dictionary<string, PropertySchema>();

    /// <summary><c>all</c>: any caller who is logged in; <c>world</c>: anybody; null: see <see cref="Check"/>.</summary>
    public string? OpenTo { get; init; }

    /// <summary>The rights, as nested arrays; null where only the ticket of root@pam will do.</summary>
    public JsonArray? Check { get; init; }

    /// <summary>What is answered, in the notation of operations.txt.</summary>
    public string Gives { get; init; } = "";

    public string Key => $"{Method} {Path}";

    public bool Proxied => Flags.Contains("proxied");

    public bool AllowsTokens => !Flags.Contains("ticket");

    public bool TakesOthers => Flags.Contains("open") || Flags.Contains("unclosed");
}
