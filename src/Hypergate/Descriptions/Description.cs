using Hypergate.Model;

namespace Hypergate.Descriptions;

/// <summary>What a platform's description came to: its operations, and what was left out of it and why.</summary>
public sealed record Description
{
    /// <summary>In the order of the document.</summary>
    public required IReadOnlyList<Operation> Operations { get; init; }

    /// <summary>The document's own name; may be empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>The document's own version; may be empty.</summary>
    public string Version { get; init; } = "";

    /// <summary>What its author says that it is, in a line; may be empty.</summary>
    public string Summary { get; init; } = "";

    /// <summary>What its author wants to be known beside the operations, as text for models; may be empty.</summary>
    public string Guide { get; init; } = "";

    /// <summary>Every operation of the document that is not among <see cref="Operations"/>.</summary>
    public IReadOnlyList<DroppedOperation> Dropped { get; init; } = [];

    /// <summary>Those of <see cref="Warnings"/> for which something is not offered that its author wanted offered.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>What an operator should know: broken operations, names used twice, marks that are missing.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>An operation of the document that Hypergate does not offer.</summary>
/// <param name="Route">Which one.</param>
/// <param name="Reason">Why, in words for an operator.</param>
public sealed record DroppedOperation(Route Route, string Reason);

/// <summary>Where a document says an operation lies.</summary>
/// <param name="Name">Its declared name; one made from method and path where it declares none.</param>
/// <param name="Method">The HTTP method in capitals.</param>
/// <param name="Path">The path template.</param>
public sealed record Route(string Name, string Method, string Path)
{
    public override string ToString() => $"{Name} ({Method} {Path})";
}
