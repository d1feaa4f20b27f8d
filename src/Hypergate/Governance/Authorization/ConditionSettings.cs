using System.Text.Json.Serialization;
using Hypergate.Schemas;

namespace Hypergate.Governance.Authorization;

/// <summary>What a value must be; all that is given must hold. Texts are compared without case; of the tags of an object one is enough. Of a list in an argument each item must fit where a rule allows, and one where it forbids or asks for consent.</summary>
public sealed record ConditionSettings
{
    [Setting("This value.")]
    [JsonPropertyName("equals")]
    public string? EqualTo { get; init; }

    [JsonPropertyName("not_equals")]
    [Setting("Any other than this value.")]
    public string? NotEquals { get; init; }

    [JsonPropertyName("one_of")]
    [Setting("One of these values.")]
    public IReadOnlyList<string>? OneOf { get; init; }

    [JsonPropertyName("none_of")]
    [Setting("None of these values.")]
    public IReadOnlyList<string>? NoneOf { get; init; }

    [Setting("A pattern with *.", Example = "web-*")]
    public string? Matches { get; init; }

    [JsonPropertyName("starts_with")]
    [Setting("Begins like this.")]
    public string? StartsWith { get; init; }

    [JsonPropertyName("less_than")]
    [Setting("A number below this.", Minimum = -1e18, Maximum = 1e18)]
    public double? LessThan { get; init; }

    [JsonPropertyName("greater_than")]
    [Setting("A number above this.", Minimum = -1e18, Maximum = 1e18)]
    public double? GreaterThan { get; init; }

    [Setting("Whether there is a value at all.")]
    public bool? Exists { get; init; }

    [JsonPropertyName("same_as")]
    [Setting("Has a value in common with this other one, such as target.pool.", Example = "target.pool")]
    public string? SameAs { get; init; }
}
