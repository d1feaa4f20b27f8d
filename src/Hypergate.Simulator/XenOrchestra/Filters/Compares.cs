using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Filters;

/// <summary>A number on the right side of a limit; nothing but the value itself is looked at.</summary>
internal sealed class Compares(string relation, double limit) : FilterTerm
{
    public override bool Matches(JsonNode? value) => Number.Of(value) is { } number && relation switch
    {
        ">" => number > limit,
        ">=" => number >= limit,
        "<" => number < limit,
        _ => number <= limit,
    };
}
