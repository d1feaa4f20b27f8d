using System.Text.Json;

namespace Hypergate.Backends.Dadl.Export;

/// <summary>An argument of an operation, or a field of its body, and what of a tool stands for it.</summary>
internal sealed record ExportArgument
{
    /// <summary>Of the argument, or of the field.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is a field of the argument <c>body</c>.</summary>
    public bool IsField { get; init; }

    public required bool IsRequired { get; init; }

    public required JsonElement Schema { get; init; }

    /// <summary>What people call it: <c>query parameter 'tags'</c>.</summary>
    public required string Words { get; init; }

    /// <summary>Several where an object is given by its properties; none where the format has no place for it.</summary>
    public required IReadOnlyList<ExportPart> Parts { get; init; }

    /// <summary>Why it may have none, or none that can say a value.</summary>
    public string Obstacle { get; init; } = "no words in this format";
}
