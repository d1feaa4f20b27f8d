using Hypergate.Model;

namespace Hypergate.Descriptions.Dadl;

/// <summary>What a file is to say.</summary>
internal sealed record DadlDraft
{
    /// <summary>Small letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>The address before every path.</summary>
    public required string BaseUrl { get; init; }

    /// <summary>The login with POST that opens a session, with its path below the base address; null where a credential goes with every request.</summary>
    public (string Path, SessionWords Words)? Login { get; init; }

    /// <summary>Whether user and password go with every request.</summary>
    public bool IsBasic { get; init; }

    /// <summary>The header of the credential; null for none.</summary>
    public string? Header { get; init; }

    /// <summary>The query parameter of the credential; null for none.</summary>
    public string? Query { get; init; }

    public string Prefix { get; init; } = "";

    /// <summary>The value in what the platform puts around each; null where there is nothing around it.</summary>
    public string? ResultPath { get; init; }

    /// <summary>As what bodies are sent where operations do not say.</summary>
    public string BodyType { get; init; } = RequestBody.Json;

    /// <summary>Each with its parameters, body type and redaction.</summary>
    public IReadOnlyList<DadlTool> Tools { get; init; } = [];

    /// <summary>What is said in comments at the top, a line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
