using System.Text.RegularExpressions;

namespace Hypergate.Tools.Code;

/// <summary>Which operations are wanted.</summary>
/// <param name="Query">Plain words; null for any.</param>
/// <param name="Pattern">On <c>backend.operation</c>; null for any.</param>
/// <param name="Backend">The only one; null for all.</param>
/// <param name="Names">Exactly these; empty for any.</param>
internal sealed record CodeWish(string? Query, Regex? Pattern, string? Backend, IReadOnlyList<string> Names)
{
    public bool IsEmpty => Query is null && Pattern is null && Backend is null && Names.Count == 0;
}
