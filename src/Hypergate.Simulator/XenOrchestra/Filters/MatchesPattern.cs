using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Hypergate.Simulator.XenOrchestra.Filters;

/// <summary>A text that the pattern fits, here or anywhere within.</summary>
internal sealed class MatchesPattern(Regex pattern) : FilterTerm
{
    public override bool Matches(JsonNode? value) => Text(value) is { } text ? pattern.IsMatch(text) : AnyWithin(value);
}
