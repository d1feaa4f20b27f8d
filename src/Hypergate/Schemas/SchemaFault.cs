namespace Hypergate.Schemas;

/// <summary>One place where a value does not fit its schema.</summary>
/// <param name="Path">Where, in words: <c>body.name_label</c>, <c>backends[0].url</c>; empty for the whole value.</param>
/// <param name="Problem">A predicate that reads on from the path: <c>is required</c>, <c>must be integer, but is string "abc"</c>.</param>
public sealed record SchemaFault(string Path, string Problem)
{
    public override string ToString() => Path == "" ? $"The value {Problem}" : $"{Path} {Problem}";
}
