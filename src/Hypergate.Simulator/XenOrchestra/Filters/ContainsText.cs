using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Filters;

/// <summary>A text that contains the words, without case, here or anywhere within.</summary>
internal sealed class ContainsText(string words) : FilterTerm
{
    public override bool Matches(JsonNode? value) =>
        Text(value) is { } text ? text.Contains(words, StringComparison.OrdinalIgnoreCase) : AnyWithin(value);
}
