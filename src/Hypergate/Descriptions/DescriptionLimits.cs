namespace Hypergate.Descriptions;

/// <summary>What a document may cost. A platform, or who sits between, may send anything.</summary>
public sealed record DescriptionLimits
{
    public int DocumentBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Of the JSON; the real documents have less than 20 levels.</summary>
    public int DocumentDepth { get; init; } = 64;

    public int Operations { get; init; } = 4_000;

    /// <summary>Bytes of all operations together; paths that refer to one another can repeat them without end.</summary>
    public int OperationBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Bytes that references lead to, counted each time.</summary>
    public int ReferencedBytes { get; init; } = 48 * 1024 * 1024;

    public int ParametersOfAnOperation { get; init; } = 100;

    public int SchemaDepth { get; init; } = 32;

    /// <summary>Schemas, properties and enum values of one operation, with every reference inlined.</summary>
    public int NodesOfAnOperation { get; init; } = 20_000;

    /// <summary>The same over the whole document.</summary>
    public int NodesOfTheDocument { get; init; } = 400_000;

    /// <summary>UTF-8 bytes of the schemas of one operation.</summary>
    public int SchemaBytesOfAnOperation { get; init; } = 256 * 1024;

    /// <summary>The same over the whole document, equal schemas counted once.</summary>
    public int SchemaBytesOfTheDocument { get; init; } = 16 * 1024 * 1024;
}
