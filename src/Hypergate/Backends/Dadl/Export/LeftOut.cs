namespace Hypergate.Backends.Dadl.Export;

/// <summary>What a file does not say of an API.</summary>
/// <param name="Operation">The operation that it is, or that it is of.</param>
/// <param name="Kind">How much of it.</param>
/// <param name="What">What of it: <c>field 'tags'</c>; empty for the whole.</param>
/// <param name="Reason">Why: <c>goes as tags=a&amp;tags=b, which this format cannot say</c>.</param>
internal sealed record LeftOut(string Operation, LeftOutKind Kind, string What, string Reason);

internal enum LeftOutKind
{
    Operation,

    /// <summary>A parameter, or a field of a body.</summary>
    Parameter,

    /// <summary>Some values of a parameter, or a field that only the whole body can hold.</summary>
    Part,
}
