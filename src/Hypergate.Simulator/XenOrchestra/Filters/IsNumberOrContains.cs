using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Filters;

/// <summary>This number, or a text that contains its digits, here or anywhere within.</summary>
internal sealed class IsNumberOrContains(string digits, double number) : FilterTerm
{
    public override bool Matches(JsonNode? value) =>
        Text(value) is { } text ? text.Contains(digits, StringComparison.OrdinalIgnoreCase)
        : Number.Of(value) is { } own ? own.Equals(number)
        : AnyWithin(value);
}
