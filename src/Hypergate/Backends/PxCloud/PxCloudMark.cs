namespace Hypergate.Backends.PxCloud;

/// <summary>What the description says of an operation beside what every reader of such documents makes of it.</summary>
internal sealed record PxCloudMark
{
    public required string Method { get; init; }

    public required string Path { get; init; }

    /// <summary>As it stands there; empty for none.</summary>
    public string OperationId { get; init; } = "";

    public string Summary { get; init; } = "";

    public string Description { get; init; } = "";

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether its body is a form with files.</summary>
    public bool TakesFiles { get; init; }

    /// <summary>Whether it answers with a stream of events, or becomes another protocol.</summary>
    public bool IsStream { get; init; }

    /// <summary>Whether it answers before its work is done.</summary>
    public bool StartsTask { get; init; }
}
