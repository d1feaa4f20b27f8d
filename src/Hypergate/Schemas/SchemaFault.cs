namespace Hypergate.Schemas;

/// <summary>Where a value does not fit its schema, and why.</summary>
/// <param name="Path">In words of the value: <c>body.name_label</c>, <c>backends[0].url</c>; empty for the value itself.</param>
/// <param name="Problem">What follows the path in a sentence: <c>is required</c>, <c>must be integer, but is a string</c>.</param>
public sealed record SchemaFault(string Path, string Problem);
