using System.Text.Json.Nodes;

namespace Hypergate.Simulator.PxCloud.Description;

/// <summary>An operation as operations.txt tells it.</summary>
internal sealed record Entry
{
    public required string Tag { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    /// <summary>Null for the operations that declare none.</summary>
    public string? Id { get; init; }

    public IReadOnlyList<string> Flags { get; init; } = [];

    public string Summary { get; init; } = "";

    public string Description { get; init; } = "";

    public IReadOnlyList<TypeField> Query { get; init; } = [];

    public IReadOnlyList<TypeField> Headers { get; init; } = [];

    /// <summary>The schema of the body; null where there is none.</summary>
    public JsonObject? Body { get; init; }

    /// <summary>What answers it, and with which words.</summary>
    public IReadOnlyList<string> Rule { get; init; } = [];

    /// <summary>The schema of the answer; null where it has no body.</summary>
    public JsonObject? Answer { get; init; }

    /// <summary>What the caller must be allowed; empty: whoever is signed in.</summary>
    public string Privilege { get; init; } = "";

    public bool IsPublic => Flags.Contains("public");

    public bool StartsTask => Rule is ["task", ..];

    /// <summary>The names of its placeholders, in the order of the path.</summary>
    public IEnumerable<string> Placeholders => Path.Split('/').Where(static part => part.StartsWith('{')).Select(static part => part[1..^1]);

    public override string ToString() => $"{Method} {Path}";
}
